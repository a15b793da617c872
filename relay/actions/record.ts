import type { Actor } from "../../shared/words/changes.ts"
import type { AccountId } from "../../shared/words/ids.ts"
import { differences, thingsOf } from "../rules/changes.ts"
import { insertChanges, type NewChange, settingsRows } from "../store/changes.ts"
import type { Action, Tx } from "../store/store.ts"
import type { ChangeRow } from "../store/tables-record.ts"

/**
 * The log of changes: an action that is `recorded` leaves, in its own transaction, what it changed of the settings
 * of its account, from what to what. It need not say so: settings are read before and after.
 */

const byOf = (actor: Actor): Pick<ChangeRow, "way" | "by_agent" | "by_name"> => {
  const { way } = actor
  switch (actor.way) {
    case "screen":
      return { way, by_agent: actor.agentId, by_name: null }
    case "cli":
      return { way, by_agent: null, by_name: actor.user }
    case "mail":
      return { way, by_agent: null, by_name: actor.address }
    case "set-up":
    case "relay":
      return { way, by_agent: null, by_name: null }
  }
}

/** Writes down what is no change of a setting, such as that a person's data was erased. */
export const writeDown = (
  tx: Tx,
  accountId: AccountId,
  actor: Actor | undefined,
  changes: readonly NewChange[],
): Promise<void> => insertChanges(tx, accountId, byOf(actor ?? { way: "relay" }), changes)

/** Does some work, and writes down what it changed of an account's settings. */
export const recording = async <Result>(
  tx: Tx,
  accountId: AccountId,
  actor: Actor | undefined,
  work: () => Promise<Result>,
): Promise<Result> => {
  await tx.lock(accountId)
  const before = thingsOf(await settingsRows(tx, accountId))
  const result = await work()
  const after = thingsOf(await settingsRows(tx, accountId))
  await writeDown(tx, accountId, actor, differences(before, after))
  return result
}

/** Actions that take an `actor`. */
const known = new WeakSet<object>()

/** Whether an action is written down, and so is to be told who asks for it. */
export const isRecorded = (action: object): boolean => known.has(action)

/** An action that writes down itself what it does. */
export const takesActor = <A extends object>(action: A): A => {
  known.add(action)
  return action
}

/** An action on an account that is written down. `actor`: who asks for it; left out, the relay itself. */
export const recorded = <Input extends { accountId: AccountId }, Output>(
  action: Action<Input, Output>,
): Action<Input & { actor?: Actor }, Output> =>
  takesActor((tx, { actor, ...input }) =>
    recording(tx, input.accountId, actor, () => action(tx, input as unknown as Input)),
  )

/** The same for an action that makes the account: all of it is new. */
export const recordedNew = <Input extends object, Output extends { accountId: AccountId }>(
  action: Action<Input, Output>,
): Action<Input & { actor?: Actor }, Output> =>
  takesActor(async (tx, { actor, ...input }) => {
    const output = await action(tx, input as unknown as Input)
    const after = thingsOf(await settingsRows(tx, output.accountId))
    await writeDown(tx, output.accountId, actor, differences(new Map(), after))
    return output
  })
