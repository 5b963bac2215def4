import { z } from 'zod'
import type { AccountStatus } from '#server/accounts/schema.ts'
import { oneLine } from '#server/kernel/text.ts'

/** As they stand on a phone. */
export const menuKeys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const
export type MenuKey = (typeof menuKeys)[number]

const zId = z.number().int().positive()
const zToExtension = z.strictObject({ to: z.literal('extension'), account: zId })
const zToVoicemail = z.strictObject({ to: z.literal('voicemail'), account: zId })
const zToGroup = z.strictObject({ to: z.literal('group'), group: zId })

/** Where a key leads; `repeat` says the menu again. */
const zKeyLead = z.discriminatedUnion('to', [
  zToExtension,
  zToVoicemail,
  zToGroup,
  z.strictObject({ to: z.literal('repeat') }),
])

/** Where it ends for who presses nothing: never in the menu again, or it would never end. */
const zLastLead = z.discriminatedUnion('to', [
  zToExtension,
  zToVoicemail,
  zToGroup,
  z.strictObject({ to: z.literal('goodbye') }),
])

export const mostPlays = 5

export const zMenu = z.strictObject({
  greeting: z.string().overwrite(oneLine).min(1).max(1_000),
  keys: z.partialRecord(z.enum(menuKeys), zKeyLead),
  /** How often it is said before it ends by itself. */
  plays: z.number().int().min(1).max(mostPlays),
  otherwise: zLastLead,
})
export type Menu = z.infer<typeof zMenu>
export type Lead = z.infer<typeof zKeyLead> | z.infer<typeof zLastLead>

export const zAttendantRef = z.strictObject({ account: zId })
export type AttendantRef = z.infer<typeof zAttendantRef>

export const zSetMenu = zAttendantRef.extend({ menu: zMenu })
export type SetMenu = z.infer<typeof zSetMenu>

export const zEditAttendant = zAttendantRef.extend({
  name: z.string().overwrite(oneLine).min(1).max(100).optional(),
  numbers: z
    .array(z.string().regex(/^[1-9][0-9]{6,14}$/))
    .max(20)
    .optional(),
})
export type EditAttendant = z.infer<typeof zEditAttendant>

/** Whom leads of a menu name, as they are now. An extension that has ended is not among them. */
export type Reached = {
  lines: {
    account: number
    extension: string
    name: string
    status: AccountStatus
  }[]
  groups: { group: number; name: string; members: number }[]
}

/** An auto attendant of a list; `lost` are the keys that lead nowhere. */
export type AttendantRow = {
  account: number
  accountId: string
  name: string
  product: string
  status: AccountStatus
  blockedBy: 'customer' | 'admin' | null
  numbers: string[]
  /** How many keys lead somewhere; null until somebody has made its menu. */
  keys: number | null
  lost: LostLead[]
}

export type AttendantView = AttendantRow & { menu: Menu; reached: Reached }

/** Keys whose lead leads nowhere, and `otherwise` where that is so of the end. */
export type LostLead = Readonly<{
  key: MenuKey | 'otherwise'
  why: 'ended' | 'empty'
}>

/** Why nobody can be reached by a lead; undefined when somebody can, or nobody is meant to. */
export function whyLost(lead: Lead, reached: Reached): LostLead['why'] | undefined {
  if (lead.to === 'extension' || lead.to === 'voicemail') {
    return reached.lines.some((line) => line.account === lead.account) ? undefined : 'ended'
  }
  if (lead.to !== 'group') return undefined
  const group = reached.groups.find((one) => one.group === lead.group)
  if (!group) return 'ended'
  return group.members === 0 ? 'empty' : undefined
}

/** All leads of a menu, in the order of the keypad, the end last. */
export const leadsOf = (menu: Menu): { key: MenuKey | 'otherwise'; lead: Lead }[] => [
  ...menuKeys.flatMap((key) => {
    const lead = menu.keys[key]
    return lead ? [{ key, lead }] : []
  }),
  { key: 'otherwise', lead: menu.otherwise },
]

/** What has to be replaced: its target is gone, or nobody is in the group. */
export const lostLeads = (menu: Menu, reached: Reached): LostLead[] =>
  leadsOf(menu).flatMap(({ key, lead }) => {
    const why = whyLost(lead, reached)
    return why ? [{ key, why }] : []
  })

/** The menu as callers have it: a lost key says it again, a lost end says goodbye. No dead ends. */
export function inEffect(menu: Menu, reached: Reached): Menu {
  const lost = new Set(lostLeads(menu, reached).map(({ key }) => key))
  const keys = Object.fromEntries(
    Object.entries(menu.keys).map(([key, lead]) => [
      key,
      lost.has(key as MenuKey) ? { to: 'repeat' as const } : lead,
    ]),
  )
  return { ...menu, keys, otherwise: lost.has('otherwise') ? { to: 'goodbye' } : menu.otherwise }
}

export const targetKinds = ['any', 'extension', 'auto_attendant'] as const
export type TargetKind = (typeof targetKinds)[number]

/** Whom a group can ring, a key lead to, a number be put on. */
export const zTargetQuery = z.strictObject({
  search: z.string().overwrite(oneLine).max(100).default(''),
  kind: z.enum(targetKinds).default('any'),
})
export type TargetQuery = z.infer<typeof zTargetQuery>

export type Target = {
  account: number
  accountId: string
  kind: 'extension' | 'auto_attendant'
  /** An auto attendant has none. */
  extension: string | null
  name: string
  status: 'inactive' | 'active' | 'blocked'
  blockedBy: 'customer' | 'admin' | null
}

/** More than these are found by typing some more. */
export const targetsShown = 20
