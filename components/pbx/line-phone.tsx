'use client'

import { Smartphone } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Drawer } from '#components/ui/dialog.tsx'
import { formatPhone } from '#components/ui/format.ts'
import type { DeviceView } from '#server/devices/schema.ts'
import { PhoneSetup } from './phone-setup.tsx'

type Props = Readonly<{ account: number; number: string; name: string; device: DeviceView | null }>

/** The phone of a line without a PBX, set up from its number: such a line is on no other page. */
export function LinePhone({ account, number, name, device }: Props) {
  const t = useTranslations('pbx')
  const [isOpen, setOpen] = useState(false)

  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        <Smartphone aria-hidden />
        {t('extensions.setUpPhone')}
      </Button>
      <Drawer
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={t('phone.ofLine', { number: formatPhone(number) })}
        description={name}
      >
        <PhoneSetup account={account} device={device} mayChoose />
      </Drawer>
    </>
  )
}
