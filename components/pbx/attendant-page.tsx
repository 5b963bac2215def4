'use client'

import { useTranslations } from 'next-intl'
import { BlockButton } from '#components/blocks/block-button.tsx'
import { AccountStatusChip } from '#components/ui/account-status.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { paths } from '#server/kernel/routes.ts'
import type { GroupRow } from '#server/pbx/schema.groups.ts'
import type { AttendantView } from '#server/pbx/schema.menus.ts'
import { AttendantNumbers } from './attendant-numbers.tsx'
import { MenuEditor } from './menu-editor.tsx'
import { RemoveAttendant } from './remove-attendant.tsx'
import { RenameAttendant } from './rename-attendant.tsx'

type Props = Readonly<{ attendant: AttendantView; groups: readonly GroupRow[]; company: string }>

/** One auto attendant: its menu, its numbers, and the menu as a caller has it. */
export function AttendantPage({ attendant, groups, company }: Props) {
  const t = useTranslations('pbx.attendants')

  return (
    <>
      <PageHeader
        title={attendant.name}
        meta={<AccountStatusChip status={attendant.status} blockedBy={attendant.blockedBy} />}
        description={`${attendant.accountId} · ${attendant.product}`}
        back={{ href: paths.autoAttendants(), label: t('title') }}
        actions={
          <>
            <RenameAttendant attendant={attendant} />
            <BlockButton line={attendant} />
            <RemoveAttendant attendant={attendant} />
          </>
        }
      />
      <MenuEditor
        attendant={attendant}
        groups={groups}
        company={company}
        aside={<AttendantNumbers attendant={attendant} />}
      />
    </>
  )
}
