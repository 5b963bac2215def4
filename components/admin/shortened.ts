/** Five places are kept; nobody writes more of them than there are. */
export const shortened = (amount: string) => amount.replace(/(\.\d\d\d*?)0+$/, '$1')
