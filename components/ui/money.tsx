import { useLocale } from 'next-intl'
import { formatDay, formatMoney, formatPhone, type MoneyStyle } from './format.ts'

/** `money('9.99000', 'USD')` for sentences and labels; elements use `<Money>`. */
export function useMoney(): (amount: string, currency: string, style?: MoneyStyle) => string {
  const locale = useLocale()
  return (amount, currency, style) => formatMoney(locale, amount, currency, style)
}

type MoneyProps = MoneyStyle & Readonly<{ amount: string; currency: string; className?: string }>

/** An amount, in tabular figures. */
export function Money({ amount, currency, className, ...style }: MoneyProps) {
  const money = useMoney()
  return (
    // Node and the browser may ship different Intl data: what the server wrote stands.
    <span suppressHydrationWarning className={`figures ${className ?? ''}`}>
      {money(amount, currency, style)}
    </span>
  )
}

/** A phone number; always left to right, also inside Arabic. */
export function PhoneNumber({ number, className }: { number: string; className?: string }) {
  return (
    <bdi dir="ltr" className={`figures ${className ?? ''}`}>
      {formatPhone(number)}
    </bdi>
  )
}

/** A civil date, such as a bill's: the same day for every reader. */
export function Day({ day, long = false }: { day: string; long?: boolean }) {
  const locale = useLocale()
  return (
    <time dateTime={day} suppressHydrationWarning className="whitespace-nowrap">
      {formatDay(locale, day, long ? 'long' : 'short')}
    </time>
  )
}
