import { luhn } from './card.ts'

/** Digits as people copy them off a card: in groups, with spaces or dashes. */
export const bareDigits = (text: string): string => text.replaceAll(/[\s-]/g, '')

/** What an ICCID looks like (ITU-T E.118): 89 for telecommunications, 19 or 20 digits in all. */
export const hasIccidForm = (digits: string): boolean => /^89\d{17,18}$/.test(digits)

/** The number printed on a SIM card, its last digit a check digit over the others. */
export const isIccid = (digits: string): boolean => hasIccidForm(digits) && luhn(digits)

/** What the network knows the card by (ITU-T E.212): country, network, subscriber. */
export const isImsi = (digits: string): boolean => /^\d{14,15}$/.test(digits)
