import { createAccount, listAccounts, setAccount, setUp } from "./accounts.ts"
import { createAgent, listAgents, setAgent } from "./agents.ts"
import { mailDueAnswers } from "./answer-mail.ts"
import {
  answerConversation,
  closeConversation,
  handBackConversation,
  joinConversation,
  openConversation,
} from "./conversation.ts"
import { claimDeliveries, dropDelivery, retryDelivery, settleDelivery } from "./deliveries.ts"
import { changePresences, judgeDue } from "./due.ts"
import { endDevice, setIntent, signOut, takeBeats } from "./presence.ts"
import { readBox } from "./read-box.ts"
import { listConversations, readConversation, why } from "./read-conversations.ts"
import { listDeliveries, readDelivery, readEvents, readHealth, readOriginal } from "./read-queue.ts"
import { readToolbars } from "./read-toolbars.ts"
import { signRelay, startRelay, stopRelay } from "./relay.ts"
import { findRecipient, releaseAnswer, takeReply } from "./replies.ts"
import { readSecret } from "./secrets.ts"
import { askSignInCode, identify, signIn } from "./sign-in.ts"
import { createSite, listSites, setSite } from "./sites.ts"
import { takeVisitorMessage } from "./visitor-message.ts"
import { closeTab, createVisitor, openTab, setContact, visitorSaw } from "./visitors.ts"

/** Everything that happens, by name. A store runs each in one transaction. */
export const actions = {
  askSignInCode,
  createAccount,
  createAgent,
  createSite,
  identify,
  listAccounts,
  listAgents,
  listSites,
  readSecret,
  setAccount,
  setAgent,
  setSite,
  setUp,
  signIn,
  answerConversation,
  changePresences,
  claimDeliveries,
  closeConversation,
  closeTab,
  createVisitor,
  dropDelivery,
  endDevice,
  findRecipient,
  handBackConversation,
  joinConversation,
  judgeDue,
  listConversations,
  listDeliveries,
  mailDueAnswers,
  openConversation,
  openTab,
  readBox,
  readConversation,
  readDelivery,
  readEvents,
  readHealth,
  readOriginal,
  readToolbars,
  releaseAnswer,
  retryDelivery,
  setContact,
  setIntent,
  settleDelivery,
  signOut,
  signRelay,
  startRelay,
  stopRelay,
  takeBeats,
  takeReply,
  takeVisitorMessage,
  visitorSaw,
  why,
}

export type Actions = typeof actions
