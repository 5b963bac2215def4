'use client'

import { ComboBox } from '@heroui/react/combo-box'
import { Input } from '@heroui/react/input'
import { ListBox } from '@heroui/react/list-box'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import '#components/ui/overlays.css'

/** Long enough for two keys in a row to be one question, in milliseconds. */
const TYPING_PAUSE = 150

type Choice = Readonly<{ id: number; label: string; detail?: string }>

type Props = Readonly<{
  label: string
  placeholder: string
  /** What was found for the text last heard of. */
  choices: readonly Choice[]
  loading: boolean
  /** Hears what is typed, when typing pauses. */
  onSearch: (text: string) => void
  onPick: (id: number) => void
  autoFocus?: boolean
}>

/** Finds one of many on the server and hands it on; empty again afterwards, for the next one. */
export function SearchPicker(props: Props) {
  const { label, placeholder, choices, loading, onSearch, onPick, autoFocus } = props
  const t = useTranslations('form')
  const [text, setText] = useState('')
  // Another box for the next one: emptied, this one would open its list again.
  const [picked, setPicked] = useState(0)

  useEffect(() => {
    const timer = setTimeout(() => onSearch(text.trim()), TYPING_PAUSE)
    return () => clearTimeout(timer)
  }, [text])

  return (
    <ComboBox
      key={picked}
      aria-label={label}
      menuTrigger="input"
      items={choices}
      inputValue={text}
      onInputChange={setText}
      onSelectionChange={(key) => {
        if (key === null) return
        onPick(Number(key))
        setPicked(picked + 1)
        setText('')
      }}
      allowsEmptyCollection
    >
      <ComboBox.InputGroup>
        <Input
          placeholder={placeholder}
          autoFocus={autoFocus || picked > 0}
          autoComplete="off"
          // Chooses, and never sends the form it stands in.
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        />
        <ComboBox.Trigger />
      </ComboBox.InputGroup>
      <ComboBox.Popover>
        <ListBox
          className="max-h-72 overflow-y-auto"
          renderEmptyState={() => (
            <p className="px-3 py-2 text-sm text-muted">{loading ? '…' : t('noMatch')}</p>
          )}
        >
          {(choice: Choice) => (
            <ListBox.Item id={choice.id} textValue={`${choice.label} ${choice.detail ?? ''}`}>
              <span className="figures flex min-w-0 flex-1 items-baseline gap-2">
                <span className="truncate">{choice.label}</span>
                {choice.detail && (
                  <span className="ms-auto truncate text-xs text-muted">{choice.detail}</span>
                )}
              </span>
            </ListBox.Item>
          )}
        </ListBox>
      </ComboBox.Popover>
    </ComboBox>
  )
}
