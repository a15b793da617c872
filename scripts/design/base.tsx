import { Check, Choice, Field } from "../../relay/pages/admin/kit/field.tsx"
import logo from "../../shared/design/logo.svg"
import logoOff from "../../shared/design/logo-off.svg"
import tokens from "../../shared/design/tokens.css?raw"
import { Face } from "../../shared/desk/views/face.tsx"
import { ICON_NAMES, Icon } from "../../shared/desk/views/icon.tsx"
import { Specimen, showSpecimens } from "./specimen.tsx"

/** Tokens as they are, and what every screen shares. */

const namesOf = (pattern: RegExp): string[] => [
  ...new Set([...tokens.matchAll(pattern)].map(([, name]) => name ?? "")),
]
const COLOURS = namesOf(/--([a-z-]+): light-dark\(#/g)
const SPACES = namesOf(/--(space-\d)/g)
const TEXTS = namesOf(/--(text-[\w]+)/g)
const RADII = namesOf(/--(radius[a-z-]*)/g)

const KINDS = [undefined, "good", "warn", "bad", "lamp"] as const
const nothing = (): void => undefined

showSpecimens(
  <>
    <Specimen name="Identity">
      <img src={logo} alt="The light is on" width="64" height="64" />
      <img src={logoOff} alt="The light is off" width="64" height="64" />
    </Specimen>
    <Specimen name="Colour">
      {COLOURS.map((name) => (
        <span key={name} class="swatch">
          <i style={{ "--shown": `var(--${name})` }} />
          {name}
        </span>
      ))}
    </Specimen>
    <Specimen name="Space">
      {SPACES.map((name) => (
        <span key={name} class="swatch measure">
          <i style={{ "--shown": `var(--${name})` }} />
          {name}
        </span>
      ))}
    </Specimen>
    <Specimen name="Type" wide>
      {TEXTS.map((name) => (
        <p key={name} style={{ fontSize: `var(--${name})` }}>
          The light is on <span class="soft">{name}</span>
        </p>
      ))}
    </Specimen>
    <Specimen name="Shape">
      {RADII.map((name) => (
        <span key={name} class="swatch">
          <i style={{ "--shown": "var(--surface)", borderRadius: `var(--${name})` }} />
          {name}
        </span>
      ))}
    </Specimen>
    <Specimen name="Icons">
      {ICON_NAMES.map((name) => (
        <span key={name} class="small soft">
          <Icon name={name} /> {name}
        </span>
      ))}
    </Specimen>
    {["", "primary", "quiet", "danger"].map((kind) => (
      <Specimen key={kind} name={`Button ${kind || "secondary"}: plain, small, disabled, link`}>
        <button type="button" class={`button ${kind}`}>
          Save
        </button>
        <button type="button" class={`button small ${kind}`}>
          Save
        </button>
        <button type="button" class={`button ${kind}`} disabled>
          Save
        </button>
        <a class={`button ${kind}`} href="#here">
          Save
        </a>
        <button type="button" class={`button icon ${kind}`} aria-label="Close">
          <Icon name="close" />
        </button>
      </Specimen>
    ))}
    <Specimen name="Lamp: off, on">
      <span>
        <span class="lamp" /> The light is off
      </span>
      <span>
        <span class="lamp" data-on="true" /> The light is on
      </span>
    </Specimen>
    <Specimen name="Pills and counts">
      {KINDS.map((kind) => (
        <span key={kind} class="pill" data-kind={kind}>
          {kind ?? "plain"}
        </span>
      ))}
      <span class="count">3</span>
      <span class="count">99+</span>
    </Specimen>
    <Specimen name="Notices" wide>
      {KINDS.map((kind) => (
        <p key={kind} class="notice" data-kind={kind}>
          One sentence that somebody must see ({kind ?? "plain"}).
        </p>
      ))}
    </Specimen>
    <Specimen name="Switch: one of several, disabled" wide>
      {[false, true].map((disabled) => (
        <fieldset key={String(disabled)} class="switch" disabled={disabled}>
          <legend class="hidden">Status</legend>
          {["Available", "Busy", "Unavailable"].map((name, at) => (
            <label key={name}>
              <input type="radio" name={`switch-${disabled}`} checked={at === 0} onChange={nothing} />
              <span>{name}</span>
            </label>
          ))}
        </fieldset>
      ))}
    </Specimen>
    <Specimen name="Field: empty, filled, hint, error, disabled" wide>
      <Field label="Name" placeholder="Anna" />
      <Field label="Name" value="Anna" />
      <Field label="Allowed on" value="https://lamplight.example" hint="Origins, with spaces between." />
      <Field label="E-mail address" value="anna@nowhere" error="It should look like name@example.com." />
      <Field label="Name" value="Anna" disabled />
    </Specimen>
    <Specimen name="Choice and checks" wide>
      <Choice
        label="Language"
        hint="What mails are written in."
        value="en"
        options={[
          { value: "en", name: "English" },
          { value: "cs", name: "Čeština" },
        ]}
        onChoose={nothing}
      />
      <Check label="Offline notices" hint="When nobody was there." checked onCheck={nothing} />
      <Check label="Missed conversations" checked={false} onCheck={nothing} />
      <Check label="Always open" type="radio" checked onCheck={nothing} />
    </Specimen>
    <Specimen name="Card and list" wide>
      <div class="card">
        <h2>A card</h2>
        <p class="soft">With what it is for.</p>
      </div>
      <ul class="list">
        {["One", "Another", "The one that is open"].map((name, at) => (
          <li key={name}>
            <a class="row" href="#here" aria-current={at === 2}>
              <Face name={name} /> {name}
            </a>
          </li>
        ))}
      </ul>
    </Specimen>
  </>,
)
