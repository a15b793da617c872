import type { AccountId, AgentId } from "../../shared/words/ids.ts"
import type { MailKind } from "../../shared/words/nouns.ts"
import type { Company } from "./company.ts"

/** Mails to an address, newest first, with what they are written from. */
export const mailsTo = async (company: Company, address: string, kind?: MailKind) => {
  const mails = await company.run("listDeliveries", { accountId: null, limit: 200 })
  const found = mails.filter((mail) => mail.to === address && (kind === undefined || mail.kind === kind))
  return Promise.all(found.map(({ id }) => company.run("readDelivery", { id })))
}

/** The newest code mailed to an address that is to be confirmed; empty if there is none. */
export const addressCode = async (company: Company, address: string): Promise<string> => {
  const [mail] = await mailsTo(company, address, "address-code")
  return mail?.content.kind === "address-code" ? mail.content.code : ""
}

/** Makes an address one that redirects may go to, as a person does. */
export const verify = async (company: Company, address: string): Promise<void> => {
  const { accountId } = company
  await company.run("askAddress", { accountId, by: "Ada", address })
  const code = await addressCode(company, address)
  await company.run("confirmAddress", { accountId, by: "Ada", address, code })
  // So that a code asked for after this is the newest.
  company.jump(1)
}

/** Makes an address an agent's destination, as a person does. */
export const move = async (
  company: Company,
  who: { accountId: AccountId; agentId: AgentId },
  address: string,
): Promise<void> => {
  await company.run("askDestination", { ...who, address })
  await company.run("confirmDestination", { ...who, address, code: await addressCode(company, address) })
}

export const otherThan = (code: string): string => (code === "000000" ? "111111" : "000000")

/** Everything of an account that settings show, for comparing before and after what was refused. */
export const settingsOf = async (company: Company) => {
  const { accountId, adaId, benId } = company
  return {
    agents: await company.run("listAgents", { accountId }),
    redirects: await company.run("listRedirects", { accountId }),
    ada: await company.run("readProfile", { accountId, agentId: adaId }),
    ben: await company.run("readProfile", { accountId, agentId: benId }),
    mails: (await company.run("listDeliveries", { accountId: null, limit: 200 })).length,
    cursor: (await company.run("readEvents", { accountId, after: 0, limit: 1000 })).cursor,
  }
}
