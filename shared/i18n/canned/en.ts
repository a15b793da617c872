/** Canned answers, in the desk. */
export const en = {
  "canned.title": "Canned answers",
  "canned.insert": "Insert a canned answer",
  "canned.hint": "Type / in an answer to insert one. {visitor} and {agent} stand for the names of the two.",
  "canned.none": "There are none yet.",
  "canned.shared": "everybody’s",
  "canned.own": "your own",
  "canned.add": "Add an answer",
  "canned.name": "Name",
  "canned.text": "Text",
  "canned.for-all": "For everybody in the account",
  "canned.save": "Save",
  "canned.edit": "Change",
  "canned.edit.of": "Change: {name}",
  "canned.remove": "Remove",
  "canned.remove.of": "Remove: {name}",
} as const
