'use client'

import { ComboBox } from '@heroui/react/combo-box'
import { Input } from '@heroui/react/input'
import { ListBox } from '@heroui/react/list-box'
import { useTranslations } from 'next-intl'
import { useController } from 'react-hook-form'
import { FieldFrame, type FieldProps, useField } from './field.tsx'
import type { Option } from './select-field.tsx'
import '#components/ui/overlays.css'

type Props = FieldProps & Readonly<{ options: readonly Option[]; placeholder?: string }>

/**
 * One of many, found by typing: products, time zones, devices. Brings 90 kB of HeroUI: for pages
 * behind a login; signup uses `SelectField`.
 */
export function ComboField(props: Props) {
  const t = useTranslations('form')
  const field = useField(props)
  const { field: bound } = useController({ name: props.name })

  return (
    <FieldFrame {...props} field={field}>
      <ComboBox
        aria-label={props.label}
        menuTrigger="focus"
        defaultItems={props.options}
        selectedKey={bound.value || null}
        isInvalid={field.invalid}
        onSelectionChange={(key) => bound.onChange(key === null ? '' : String(key))}
        onBlur={bound.onBlur}
        allowsEmptyCollection
      >
        <ComboBox.InputGroup>
          <Input
            ref={bound.ref}
            id={field.ids.input}
            aria-describedby={field.aria['aria-describedby']}
            placeholder={props.placeholder ?? t('choose')}
          />
          <ComboBox.Trigger />
        </ComboBox.InputGroup>
        <ComboBox.Popover>
          <ListBox
            className="max-h-72 overflow-y-auto"
            renderEmptyState={() => <p className="px-3 py-2 text-sm text-muted">{t('noMatch')}</p>}
          >
            {(option: Option) => (
              <ListBox.Item id={option.value} textValue={option.label}>
                {option.label}
                <ListBox.ItemIndicator />
              </ListBox.Item>
            )}
          </ListBox>
        </ComboBox.Popover>
      </ComboBox>
    </FieldFrame>
  )
}
