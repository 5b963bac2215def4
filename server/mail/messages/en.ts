export const en = {
  footer: 'You get this message because your address was given to {brand}.',
  signupResume: {
    subject: 'Continue your signup at {brand}',
    preheader: 'Your choices are kept. Go on where you stopped.',
    heading: 'Go on where you stopped',
    body: 'Your choices are kept. With this link you continue your signup on any device.',
    validity: 'The link works until {until}.',
    button: 'Continue signup',
    ignore: 'If you did not ask for it, do nothing: nothing has been ordered or charged.',
  },
  notices: {
    settings: 'You can switch off mails of this kind in self-care, under Settings, Notifications.',
    more: '{n} more',
    none: 'not in it',
    unlimited: 'unlimited',
    labels: {
      file: 'File',
      extensions: 'Extensions added',
      lines: 'Lines',
      reason: 'Reason',
      product: 'Product',
      before: 'Before',
      after: 'Now',
    },
    said: {
      bulk_applied: {
        heading: 'An upload is done',
        body: 'The extensions of an uploaded list of {company} are there.',
      },
      approved: {
        heading: 'Lines were approved',
        body: '{brand} has approved what {company} added. It works from now on.',
      },
      rejected: {
        heading: 'Lines were not approved',
        body: '{brand} has not approved what {company} added. Nothing is charged for it.',
      },
      blocked: {
        heading: 'Lines were blocked',
        body: '{brand} has blocked lines of {company}.',
      },
      planned: {
        heading: 'Lines will be blocked',
        body: '{brand} has planned to block lines of {company}.',
      },
      unblocked: {
        heading: 'Lines were unblocked',
        body: '{brand} has lifted a block of lines of {company}.',
      },
      cancelled: {
        heading: 'A planned block was cancelled',
        body: '{brand} will not block these lines of {company}.',
      },
      item_set: {
        heading: 'Your agreement has changed',
        body: '{brand} has changed what {company} may have, and how many.',
      },
      item_removed: {
        heading: 'Your agreement has changed',
        body: '{brand} has taken a product out of the agreement with {company}.',
      },
    },
  },
  bills: {
    settings: 'You can switch off mails of this kind in self-care, under Settings, Notifications.',
    button: 'Open billing',
    labels: {
      invoice: 'Invoice',
      amount: 'Amount',
      due: 'Due on',
      card: 'Card',
      paidOn: 'Paid on',
      nextTry: 'Next try',
      suspends: 'Service stops on',
      expires: 'Valid until',
      balance: 'Owed',
      limit: 'Credit limit',
    },
    said: {
      invoice_issued: {
        heading: 'Your invoice {number}: {amount}',
        body: 'The invoice of {company} is attached. Please pay {charged} by {due}.',
      },
      invoice_issued_card: {
        heading: 'Your invoice {number}: {amount}',
        body: 'The invoice of {company} is attached. You need do nothing: {charged} will be charged to {card} on {due}.',
      },
      invoice_issued_along: {
        heading: 'Your invoice {number}: {amount}',
        body: 'The invoice of {company} is attached. You need do nothing: {charged} will be charged to {card} on {due}, {along} of it left over from earlier invoices.',
      },
      invoice_issued_little: {
        heading: 'Your invoice {number}: {amount}',
        body: 'The invoice of {company} is attached. {charged} is very little for a card: if it can’t be taken from {card} on {due}, it is taken along with your next invoice. You need do nothing, and no service stops for it.',
      },
      invoice_issued_nothing: {
        heading: 'Your invoice {number}: nothing to pay',
        body: 'The invoice of {company} is attached. There is nothing to pay.',
      },
      invoice_paid: {
        heading: 'Paid, thank you: invoice {number}',
        body: '{brand} has received {amount} from {company}. Invoice {number} is paid.',
      },
      payment_failed: {
        heading: 'Invoice {number} could not be paid',
        body: 'The card {card} of {company} was not accepted for {amount}. It will be tried again on {nextTry}; you can use another card before.',
      },
      payment_failed_last: {
        heading: 'Invoice {number} could not be paid',
        body: 'The card {card} of {company} was not accepted for {amount}, and it will not be tried again by itself. Please pay in self-care, with another card if need be.',
      },
      payment_failed_asked: {
        heading: 'Invoice {number} waits for you: the bank wants to ask you',
        body: 'Before it pays {amount} of {company}, the bank of {card} wants to hear from its holder, and that can’t be done by itself. Please pay invoice {number} by hand in self-care, and answer the bank there.',
      },
      invoice_overdue: {
        heading: 'Invoice {number} is overdue',
        body: '{amount} of {company} was due on {due}. Please pay now.',
      },
      invoice_overdue_last: {
        heading: 'Invoice {number} is overdue',
        body: '{amount} of {company} was due on {due}. Without a payment service stops on {suspends}.',
      },
      service_suspended: {
        heading: 'Service is suspended',
        body: 'Service of {company} has stopped because {amount} is overdue. It is restored as soon as that is paid.',
      },
      service_restored: {
        heading: 'Service is back',
        body: 'Thank you. Service of {company} works again, as it did before.',
      },
      card_expiring: {
        heading: 'Your card is about to expire',
        body: 'The card {card}, which pays for {company}, is valid until {expires}. Please give a new one in self-care, so that payments go on.',
      },
      balance_warning: {
        heading: 'You are close to your credit limit',
        body: '{company} owes {amount} of the {limit} it may. At the limit service can stop.',
      },
      credit_limit_reached: {
        heading: 'Your credit limit is reached',
        body: '{company} owes {amount}, and may owe {limit}. Please pay, so that service goes on.',
      },
    },
  },
  billingParked: {
    subject: '{company} is left out of billing',
    preheader: 'Its invoice of {day} was not written.',
    heading: '{company} is left out of billing',
    body: 'The invoice of {day} can’t be right, so it was not written and nothing was charged. The customer stays out of billing until somebody has looked.',
    button: 'See the customer',
    closing: 'In the administration, Billing says what is wrong and what to do.',
    labels: { customer: 'Customer', day: 'Invoice of', why: 'Why' },
    reasons: {
      wrong_currency: 'A subscription is priced in another currency than the customer’s',
      too_many_charges: 'A subscription would be charged too many times at once',
      charge_too_high: 'A charge would be more than five times its fee',
      failed: 'The bill could not be written',
    },
  },
  invitation: {
    subject: '{by} invites you to {company} at {brand}',
    preheader: 'Choose a password and look after the phones of {company}.',
    heading: 'Welcome, {name}',
    body: '{by} asks you to join {company} in the self-care of {brand}. Choose a password of your own and you are in.',
    validity: 'The link works once, until {until}.',
    login: 'Your login',
    button: 'Choose a password',
    ignore:
      'If you know nothing of this, do nothing: without a password nobody can use this access.',
  },
  welcome: {
    subject: 'Welcome to {brand}: your number is {number}',
    preheader: 'Your line is ready.',
    heading: 'Welcome, {name}',
    body: 'Your line is ready. Keep this message: it says what you need to find your account again.',
    number: 'Phone number',
    account: 'Account ID',
    login: 'Self-care login',
    button: 'Open self-care',
    secrets:
      'For your safety no password is ever sent by mail. You saw yours when you signed up; at your first visit you choose a new one.',
  },
  passwordChanged: {
    subject: 'Your password at {brand} was changed',
    preheader: 'If this was you, all is well.',
    heading: 'Your password was changed',
    body: '{name}, the password of the login {login} was changed on {when}.',
    sessions: 'Everybody else who was signed in with this login has been signed out.',
    button: 'Open self-care',
    notYou: 'If this was not you, set a new password at once and tell your provider.',
  },
} as const

type Texts<T> = { readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]> }

/** Every language says all of it, or it doesn't compile. */
export type MailMessages = Texts<typeof en>
