import { useTranslations } from 'next-intl'
import { type Lead, type Reached, whyLost } from '#server/pbx/schema.menus.ts'

/** Where a lead leads, as people say it: "Extension 4665 · John Doe". */
export function useLeadWords(reached: Reached): (lead: Lead) => string {
  const t = useTranslations('pbx.menus')
  return (lead) => {
    if (lead.to === 'repeat' || lead.to === 'goodbye') return t(`to.${lead.to}`)
    const why = whyLost(lead, reached)
    if (why === 'ended') return t('lost.ended')
    if (lead.to === 'group') {
      const name = reached.groups.find((one) => one.group === lead.group)?.name ?? ''
      return why ? t('lost.emptyGroup', { name }) : t('leads.group', { name })
    }
    const line = reached.lines.find((one) => one.account === lead.account)
    const name = [line?.extension, line?.name].filter(Boolean).join(' · ')
    return t(`leads.${lead.to}`, { name })
  }
}
