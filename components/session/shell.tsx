import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { cache, type ReactNode } from 'react'
import { AppShell } from '#components/layout/app-shell.tsx'
import { api } from '#components/trpc/server.tsx'
import { buttonClass } from '#components/ui/button-style.ts'
import { ClockProvider } from '#components/ui/clock.tsx'
import { RightsProvider } from '#components/ui/rights.tsx'
import { locales } from '#i18n/locales.ts'
import type { AccountKind } from '#server/catalog/schema.ts'
import type { Me } from '#server/customers/schema.ts'
import { CustomerFinder } from './customer-finder.tsx'
import { ExtensionFinder } from './extension-finder.tsx'
import { startPage } from './guard.ts'
import { actionsOf, placesOf, settingsOf, systemOf } from './places.tsx'
import { SandboxBanner } from './sandbox-banner.tsx'
import { SessionWatch } from './session-watch.tsx'
import { Suspended } from './suspended.tsx'

/** Whose names don't fit the bottom bar of a phone. */
const long = ['autoAttendants', 'huntGroups', 'addOns', 'usage'] as const
const isLong = (key: string): key is (typeof long)[number] =>
  (long as readonly string[]).includes(key)

/** The frame around every page of somebody who is signed in, with the rooms of their realm. */
export async function Shell({ me, children }: { me: Me; children: ReactNode }) {
  const t = await getTranslations('session')
  const looksAfter = me.realm === 'admin' || me.realm === 'reseller'
  const kinds = me.realm === 'customer' ? await kindsAgreed() : new Set<AccountKind>()
  const waiting = looksAfter ? await howManyWait() : 0
  const places = placesOf(me.realm, kinds).map((place) => ({
    ...place,
    label: t(`nav.${place.key}`),
    ...(place.key === 'approvals' && { count: waiting }),
    ...(isLong(place.key) && { short: t(`nav.${place.key}Short`) }),
  }))
  const system = systemOf(me).map((place) => ({ ...place, label: t(`nav.${place.key}`) }))
  const settingsPlaces = settingsOf(me.realm).map((place) => ({
    ...place,
    label: t(`nav.${place.key}`),
  }))

  const ahead = me.sandbox?.ahead ?? 0
  const shell = (
    <AppShell
      banner={me.sandbox && ahead > 0 && <SandboxBanner timeZone={me.sandbox.timeZone} />}
      brand={me.brand}
      homeHref={startPage(me.realm)}
      nav={[
        { items: places },
        ...(system.length > 0 ? [{ label: t('nav.system'), items: system }] : []),
        { label: t('nav.settings'), items: settingsPlaces },
      ]}
      user={{ name: me.name, detail: me.customer?.name ?? t(`realms.${me.realm}`) }}
      languages={locales}
      commands={[
        ...[...places, ...system, ...settingsPlaces].map(({ key, label, href, icon }) => ({
          id: key,
          label,
          href,
          icon,
          group: t('commands.pages'),
        })),
        ...actionsOf(kinds, me.rights).map(({ key, href, icon }) => ({
          id: key,
          label: t(`commands.${key}`),
          href,
          icon,
          group: t('commands.actions'),
        })),
      ]}
      userLinks={settingsPlaces.map(({ key, href, label, icon }) => (
        <Link
          key={key}
          href={href}
          className={buttonClass({
            variant: 'ghost',
            className: 'justify-start px-2 [&_svg]:text-muted',
          })}
        >
          {icon}
          {label}
        </Link>
      ))}
    >
      <SessionWatch />
      {kinds.has('extension') && <ExtensionFinder />}
      {looksAfter && <CustomerFinder />}
      <RightsProvider rights={me.rights} suspendedFor={me.customer?.suspendedFor ?? null}>
        {me.customer?.suspendedFor && <Suspended reason={me.customer.suspendedFor} />}
        {children}
      </RightsProvider>
    </AppShell>
  )
  return <ClockProvider ahead={ahead}>{shell}</ClockProvider>
}

/** The kinds of accounts the agreement allows; rooms for others would stay empty. */
const kindsAgreed = cache(async (): Promise<ReadonlySet<AccountKind>> => {
  try {
    const products = await api().agreements.mine.query()
    return new Set(products.map((product) => product.accountKind))
  } catch {
    // The frame stands anyway; the page below says what is wrong.
    return new Set()
  }
})

/** Accounts that wait for whoever is signed in; the frame stands without knowing. */
const howManyWait = cache(async (): Promise<number> => {
  try {
    return (await api().accounts.countWaiting.query()).waiting
  } catch {
    return 0
  }
})
