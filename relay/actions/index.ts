import { createAccount, listAccounts, readFirst, setAccount, setUp } from "./accounts.ts"
import { askAddress, confirmAddress } from "./addresses.ts"
import { createAgent, listAgents, setAgent } from "./agents.ts"
import { mailDueAnswers } from "./answer-mail.ts"
import { assignConversation, handBackConversation, readHeirs } from "./assign.ts"
import { readAttachment, readAttachmentPiece } from "./attachments.ts"
import { takeBounce } from "./bounces.ts"
import { readLights } from "./box-lights.ts"
import {
  createCannedAnswer,
  deleteCannedAnswer,
  listCannedAnswers,
  setCannedAnswer,
} from "./canned-answers.ts"
import { listChanges } from "./changes.ts"
import { claimPushes } from "./claim-pushes.ts"
import { answerConversation, closeConversation, joinConversation, openConversation } from "./conversation.ts"
import { claimDeliveries, settleDelivery } from "./deliveries.ts"
import { askDestination, confirmDestination } from "./destination.ts"
import { countFailing, listDestinations, setFallback } from "./destination-health.ts"
import { listDkimKeys, readSigningKeys, retireDkimKey, rotateDkimKeys } from "./dkim-keys.ts"
import { changePresences, judgeDue } from "./due.ts"
import { eraseAgent, readAgentData } from "./erase-agent.ts"
import { beginExport, exportAgent, exportPerson, exportRows, readKept } from "./export.ts"
import { findRecipients } from "./find-recipients.ts"
import { acceptForward } from "./forwarding.ts"
import { createGroup, deleteGroup, listGroups, setGroup } from "./groups.ts"
import { introduceVisitor } from "./identity.ts"
import { readStoreFacts, readWorkers, tryCommit } from "./inside.ts"
import { listConversations, readListed } from "./lists.ts"
import { takeConversationMail } from "./mail-conversation.ts"
import { isMailDomain, readMailHealth, readOwnDomain } from "./mail-health.ts"
import { addMailName, listMailNames, removeMailName } from "./mail-names.ts"
import { readMarks } from "./marks.ts"
import { setOverride } from "./own-hours.ts"
import { giveBackDeliveries, renewDeliveries, settleForwards } from "./passing-on.ts"
import { erasePerson, readPerson } from "./persons.ts"
import { readPicture, setPicture } from "./pictures.ts"
import { endDevice, setIntent, signOut, takeBeats } from "./presence.ts"
import { readProbes, sendProbe } from "./probes.ts"
import { readProfile } from "./profile.ts"
import { setPush, settlePush, testPush } from "./pushes.ts"
import { dropDelivery, holdMail, retryDelivery } from "./queue.ts"
import { listRatings, rateConversation } from "./rating.ts"
import { readBox } from "./read-box.ts"
import { readConversation, why } from "./read-conversations.ts"
import { listDeliveries, readDelivery, readEvents, readHealth, readOriginal } from "./read-queue.ts"
import { readTimeline } from "./read-timeline.ts"
import { readToolbars } from "./read-toolbars.ts"
import { dueRecheck, settleRecheck } from "./recheck.ts"
import { recorded, recordedNew, takesActor } from "./record.ts"
import { forgetAddress, listRedirects, setRedirect } from "./redirects.ts"
import { signRelay, startRelay, stopRelay } from "./relay.ts"
import { releaseAnswer, takeReply } from "./replies.ts"
import { searchConversations } from "./search.ts"
import { readSecret, rotateBounceKeys } from "./secrets.ts"
import { readSettings } from "./settings.ts"
import { askSignInCode, identify, signIn } from "./sign-in.ts"
import { simulate } from "./simulate.ts"
import { makeIdentityKey, readFrame, setSiteBox } from "./site-box.ts"
import { createSite, listSites, setSite } from "./sites.ts"
import { sweepHistory, sweepMails, sweepRecord } from "./sweep.ts"
import { noteHello, readTag } from "./tag-check.ts"
import { readTake, takeConversation } from "./take.ts"
import { inviteAgain, inviteAgent, removeAgent } from "./team.ts"
import { mailTranscript } from "./transcript.ts"
import { undoDeed } from "./undo.ts"
import { readUnsubscribe, unsubscribe } from "./unsubscribe.ts"
import {
  dropUpload,
  identifyBox,
  mayUpload,
  readVisitorAttachment,
  sweepUploads,
  takeUpload,
} from "./uploads.ts"
import { takeVisitorMessage } from "./visitor-message.ts"
import { closeTab, createVisitor, openTab, setContact, visitorSaw } from "./visitors.ts"
import {
  claimWebhooks,
  feedWebhooks,
  listWebhookDeliveries,
  nextWebhooks,
  sendWebhookAgain,
  settleWebhook,
  testWebhook,
} from "./webhook-messages.ts"
import { createWebhook, listWebhooks, removeWebhook, rotateWebhookSecret, setWebhook } from "./webhooks.ts"

/** Everything that happens, by name. A store runs each in one transaction. */
export const actions = {
  removeAgent: recorded(removeAgent),
  inviteAgain,
  inviteAgent: recorded(inviteAgent),
  forgetAddress: recorded(forgetAddress),
  readSettings,
  setGroup: recorded(setGroup),
  listGroups,
  deleteGroup: recorded(deleteGroup),
  createGroup: recorded(createGroup),
  askSignInCode,
  createAccount: recordedNew(createAccount),
  createAgent: recorded(createAgent),
  createSite: recorded(createSite),
  identify,
  listAccounts,
  readFirst,
  listAgents,
  listSites,
  readMarks,
  readSecret,
  rotateBounceKeys,
  readSigningKeys,
  retireDkimKey,
  rotateDkimKeys,
  setAccount: recorded(setAccount),
  setAgent: recorded(setAgent),
  setSite: recorded(setSite),
  setUp: recordedNew(setUp),
  signIn,
  answerConversation,
  askAddress,
  askDestination,
  changePresences,
  claimDeliveries,
  closeConversation,
  closeTab,
  confirmAddress: recorded(confirmAddress),
  confirmDestination: recorded(confirmDestination),
  createVisitor,
  dropDelivery,
  holdMail,
  endDevice,
  findRecipients,
  acceptForward,
  giveBackDeliveries,
  renewDeliveries,
  settleForwards,
  takeConversationMail,
  addMailName: recorded(addMailName),
  listMailNames,
  removeMailName: recorded(removeMailName),
  handBackConversation,
  assignConversation,
  readHeirs,
  listCannedAnswers,
  createCannedAnswer,
  setCannedAnswer,
  deleteCannedAnswer,
  undoDeed,
  joinConversation,
  isMailDomain,
  judgeDue,
  listConversations,
  readListed,
  searchConversations,
  listDeliveries,
  countFailing,
  listDestinations,
  listDkimKeys,
  listRedirects,
  mailDueAnswers,
  openConversation,
  openTab,
  readAttachment,
  readAttachmentPiece,
  readBox,
  readConversation,
  readDelivery,
  readEvents,
  readMailHealth,
  readStoreFacts,
  readWorkers,
  tryCommit,
  readOwnDomain,
  readProbes,
  sendProbe,
  readHealth,
  readKept,
  readLights,
  readOriginal,
  readPicture,
  readProfile,
  readTake,
  readTimeline,
  readToolbars,
  releaseAnswer,
  retryDelivery,
  setContact,
  setFallback: recorded(setFallback),
  setIntent,
  setOverride,
  setPicture: recorded(setPicture),
  claimPushes,
  setPush,
  settlePush,
  testPush,
  setRedirect: recorded(setRedirect),
  settleDelivery,
  signOut,
  signRelay,
  startRelay,
  stopRelay,
  simulate,
  sweepHistory,
  sweepMails,
  sweepRecord,
  takeBeats,
  takeBounce,
  takeConversation,
  readUnsubscribe,
  unsubscribe,
  dropUpload,
  identifyBox,
  mayUpload,
  readVisitorAttachment,
  sweepUploads,
  takeUpload,
  takeReply,
  dueRecheck,
  settleRecheck,
  introduceVisitor,
  listRatings,
  mailTranscript,
  makeIdentityKey: recorded(makeIdentityKey),
  rateConversation,
  readFrame,
  setSiteBox: recorded(setSiteBox),
  takeVisitorMessage,
  visitorSaw,
  listChanges,
  eraseAgent: takesActor(eraseAgent),
  erasePerson: takesActor(erasePerson),
  readAgentData,
  beginExport: takesActor(beginExport),
  exportAgent: takesActor(exportAgent),
  exportPerson: takesActor(exportPerson),
  exportRows,
  readPerson,
  noteHello,
  readTag,
  claimWebhooks,
  createWebhook: recorded(createWebhook),
  feedWebhooks,
  listWebhookDeliveries,
  listWebhooks,
  nextWebhooks,
  removeWebhook: recorded(removeWebhook),
  rotateWebhookSecret: recorded(rotateWebhookSecret),
  sendWebhookAgain,
  settleWebhook,
  setWebhook: recorded(setWebhook),
  testWebhook,
  why,
}

export type Actions = typeof actions
