/** What the matrix can't do, by name and with the reason: anything else that it can't do fails the suite. */

/** Procedures into which nobody is let with what a request can know. They are asked by everybody all the same. */
export const unreached: Readonly<Record<string, string>> = {
  'account.resetByLink': 'needs the link that was mailed (tests/server/recovery.test.ts)',
  'account.returnByPin':
    'needs the tablet on which somebody signed in today (tests/server/own-sessions.test.ts)',
};

/** Changes that leave no entry in the trail. */
export const unaudited: Readonly<Record<string, string>> = {
  'booking.hold': 'a hold is nobody’s visit yet',
  'booking.release': 'nor is its end anybody’s',
  'drawings.ticket': 'opens one socket within half a minute; that the scheme was read is noted',
  'drawings.guestTicket': 'the same for a guest, who was let in by a change that is noted',
  'drawings.invite': 'lapses within two minutes; who joins by it is noted',
  'drawings.goBack':
    'strokes have a history of their own, by who drew them (tests/server/schemes-finish.test.ts)',
  'drawings.setMark': 'lots and notes are kept with each finished revision, by who finished it',
  'account.resendCode': 'asks for another message; nothing of the account changes',
};
