import {
  Bell,
  Building,
  Building2,
  CalendarClock,
  CalendarOff,
  CardSim,
  ClipboardCheck,
  FileUp,
  Hash,
  History,
  House,
  KeyRound,
  Landmark,
  Layers,
  MonitorSmartphone,
  Package,
  Percent,
  Phone,
  PhoneCall,
  PhoneForwarded,
  Plus,
  Puzzle,
  ReceiptText,
  Repeat,
  TicketPercent,
  Users,
  UsersRound,
} from 'lucide-react'
import type { ReactNode } from 'react'
import type { Right } from '#server/auth/rights.ts'
import type { AccountKind } from '#server/catalog/schema.ts'
import type { Me } from '#server/customers/schema.ts'
import { paths } from '#server/kernel/routes.ts'
import type { Realm } from './guard.ts'

type Place = Readonly<{
  key:
    | 'activity'
    | 'company'
    | 'notifications'
    | 'people'
    | 'home'
    | 'overview'
    | 'extensions'
    | 'huntGroups'
    | 'autoAttendants'
    | 'numbers'
    | 'addOns'
    | 'customers'
    | 'approvals'
    | 'products'
    | 'soldPackages'
    | 'promos'
    | 'taxes'
    | 'classes'
    | 'issuer'
    | 'simCards'
    | 'blocks'
    | 'billing'
    | 'billingRuns'
    | 'clock'
    | 'usage'
    | 'myUsage'
    | 'usageImport'
    | 'password'
    | 'sessions'
  href: string
  icon: ReactNode
  exact?: boolean
}>

const password: Place = { key: 'password', href: paths.password(), icon: <KeyRound aria-hidden /> }
const sessions: Place = {
  key: 'sessions',
  href: paths.sessions(),
  icon: <MonitorSmartphone aria-hidden />,
}
const home: Place = { key: 'home', href: paths.home(), icon: <House aria-hidden />, exact: true }
const overview: Place = {
  key: 'overview',
  href: paths.admin(),
  icon: <House aria-hidden />,
  exact: true,
}
const addOns: Place = { key: 'addOns', href: paths.addOns(), icon: <Puzzle aria-hidden /> }
const customers: Place = {
  key: 'customers',
  href: paths.customers(),
  icon: <Building2 aria-hidden />,
}
const approvals: Place = {
  key: 'approvals',
  href: paths.approvals(),
  icon: <ClipboardCheck aria-hidden />,
}
const promos: Place = {
  key: 'promos',
  href: paths.promos(),
  icon: <TicketPercent aria-hidden />,
}
const soldPackages: Place = {
  key: 'soldPackages',
  href: paths.soldPackages(),
  icon: <Repeat aria-hidden />,
}
const products: Place = { key: 'products', href: paths.products(), icon: <Package aria-hidden /> }
const billingRuns: Place = {
  key: 'billingRuns',
  href: paths.billingRuns(),
  icon: <ReceiptText aria-hidden />,
}
const taxes: Place = { key: 'taxes', href: paths.taxes(), icon: <Percent aria-hidden /> }
const classes: Place = {
  key: 'classes',
  href: paths.customerClasses(),
  icon: <Layers aria-hidden />,
}
const issuer: Place = { key: 'issuer', href: paths.issuer(), icon: <Landmark aria-hidden /> }
const usage: Place = { key: 'usage', href: paths.usage(), icon: <PhoneCall aria-hidden /> }
const myUsage: Place = { ...usage, key: 'myUsage' }
const usageImport: Place = {
  key: 'usageImport',
  href: paths.usageImport(),
  icon: <FileUp aria-hidden />,
}
const clock: Place = { key: 'clock', href: paths.clock(), icon: <CalendarClock aria-hidden /> }
const numbers: Place = { key: 'numbers', href: paths.numbers(), icon: <Hash aria-hidden /> }
const activity: Place = {
  key: 'activity',
  href: paths.activity(),
  icon: <History aria-hidden />,
}
const billing: Place = {
  key: 'billing',
  href: paths.billing(),
  icon: <ReceiptText aria-hidden />,
}
const blocks: Place = {
  key: 'blocks',
  href: paths.blocks(),
  icon: <CalendarOff aria-hidden />,
}

/** What a product kind opens: a customer without PBX products isn't led to empty rooms. */
const ofKind: readonly (Place & { kind: AccountKind })[] = [
  {
    key: 'extensions',
    kind: 'extension',
    href: paths.extensions(),
    icon: <Phone aria-hidden />,
  },
  {
    key: 'huntGroups',
    kind: 'extension',
    href: paths.huntGroups(),
    icon: <UsersRound aria-hidden />,
  },
  {
    key: 'autoAttendants',
    kind: 'auto_attendant',
    href: paths.autoAttendants(),
    icon: <PhoneForwarded aria-hidden />,
  },
  {
    key: 'simCards',
    kind: 'sim',
    href: paths.simCards(),
    icon: <CardSim aria-hidden />,
  },
]

/** Every room of a realm, most used first. */
export function placesOf(realm: Realm, kinds: ReadonlySet<AccountKind>): readonly Place[] {
  if (realm === 'admin')
    return [overview, customers, approvals, billingRuns, products, soldPackages, promos]
  if (realm === 'reseller') return [overview, customers, approvals]
  if (realm === 'account') return [home, myUsage]
  return [
    home,
    ...ofKind.filter(({ kind }) => kinds.has(kind)),
    numbers,
    addOns,
    usage,
    billing,
    blocks,
    activity,
  ]
}

const company: Place = {
  key: 'company',
  href: paths.company(),
  icon: <Building aria-hidden />,
}
const notifications: Place = {
  key: 'notifications',
  href: paths.notifications(),
  icon: <Bell aria-hidden />,
}
const people: Place = { key: 'people', href: paths.people(), icon: <Users aria-hidden /> }

/** What an administrator looks after besides customers; a clock is there where one can be moved. */
export const systemOf = ({ realm, sandbox }: Pick<Me, 'realm' | 'sandbox'>): readonly Place[] =>
  realm === 'admin' ? [classes, taxes, issuer, usageImport, ...(sandbox ? [clock] : [])] : []

export const settingsOf = (realm: Realm): readonly Place[] =>
  realm === 'customer' ? [company, people, notifications, password, sessions] : [password, sessions]

const plus = <Plus aria-hidden />

/** What can be begun from anywhere. */
export const actionsOf = (kinds: ReadonlySet<AccountKind>, rights: readonly Right[]) =>
  [
    {
      key: 'addExtension',
      kind: 'extension',
      right: 'extensions:write',
      href: paths.newExtension(),
      icon: plus,
    },
    {
      key: 'addAutoAttendant',
      kind: 'auto_attendant',
      right: 'attendants:write',
      href: paths.newAutoAttendant(),
      icon: plus,
    },
  ].filter(
    ({ kind, right }) => kinds.has(kind as AccountKind) && rights.includes(right as Right),
  ) as readonly {
    key: 'addExtension' | 'addAutoAttendant'
    href: string
    icon: ReactNode
  }[]
