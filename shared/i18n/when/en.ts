/** When something will be, as the end of a sentence: "they open on Monday at 09:00". See formatter.ts. */
export const en = {
  today: "today at {time}",
  tomorrow: "tomorrow at {time}",
  monday: "on Monday at {time}",
  tuesday: "on Tuesday at {time}",
  wednesday: "on Wednesday at {time}",
  thursday: "on Thursday at {time}",
  friday: "on Friday at {time}",
  saturday: "on Saturday at {time}",
  sunday: "on Sunday at {time}",
  date: "on {date} at {time}",
} as const
