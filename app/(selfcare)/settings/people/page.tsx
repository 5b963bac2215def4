import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { InvitePerson } from '#components/people/invite-person.tsx'
import { PersonTable } from '#components/people/person-table.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { Card } from '#components/ui/card.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Messages } from '#i18n/messages.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('people')
  return { title: t('title') }
}

export default async function PeoplePage() {
  const me = await signedIn('customer')
  const [t, people] = await Promise.all([
    getTranslations('people'),
    asked(api().people.list.query()),
  ])

  return (
    <Messages of={['people']}>
      <PageHeader
        title={t('title')}
        description={t('text', { company: me.customer?.name ?? '' })}
        actions={<InvitePerson />}
      />
      <Card padding="none">
        <PersonTable people={people} />
      </Card>
    </Messages>
  )
}
