import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Suspense } from 'react'
import { AccountHome } from '#components/account/account-home.tsx'
import { CustomerHome } from '#components/home/customer-home.tsx'
import { eventsAsked } from '#components/home/happenings.ts'
import { NextInvoice, NextInvoicePlace } from '#components/home/next-invoice.tsx'
import { PhoneSetup } from '#components/pbx/phone-setup.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import type { Me } from '#server/customers/schema.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('home')
  return { title: t('title') }
}

export default async function HomePage() {
  const me = await signedIn('customer', 'account')
  return me.realm === 'account' ? <OfAccount me={me} /> : <OfCustomer me={me} />
}

async function OfCustomer({ me }: { me: Me }) {
  const [places, numbers, balance, events] = await asked(
    Promise.all([
      api().agreements.mine.query(),
      api().numbers.counts.query(),
      api().billing.balance.query(),
      api().events.latest.query({ limit: eventsAsked }),
    ]),
  )
  return (
    <CustomerHome
      me={me}
      places={places}
      numbers={numbers}
      balance={balance}
      nextInvoice={
        <Suspense fallback={<NextInvoicePlace />}>
          <Upcoming />
        </Suspense>
      }
      events={events}
    />
  )
}

/** Every line has its part in it: the page doesn't wait for the sum. */
async function Upcoming() {
  return <NextInvoice next={await asked(api().billing.next.query())} />
}

async function OfAccount({ me }: { me: Me }) {
  const account = await asked(api().accounts.mine.query())
  const device = await asked(api().devices.mine.query({ account: account.account }))
  return (
    <AccountHome
      me={me}
      account={account}
      phone={<PhoneSetup account={account.account} device={device} />}
    />
  )
}
