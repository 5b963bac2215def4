const names: Readonly<Record<string, string>> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  discover: 'Discover',
}

/** The brand's own name; undefined for one we can't name. */
export const brandName = (brand: string): string | undefined => names[brand]
