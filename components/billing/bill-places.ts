import { paths } from '#server/kernel/routes.ts'

/** Where the pages about a customer's money are: its own, or those of whoever looks after it. */
export type BillPlaces = Readonly<{
  upcoming: string
  invoices: string
  invoice: (invoice: number) => string
}>

export const myBillPlaces: BillPlaces = {
  upcoming: paths.billing(),
  invoices: paths.invoices(),
  invoice: paths.invoice,
}

export const billPlacesOf = (customer: number): BillPlaces => ({
  upcoming: paths.customerUpcoming(customer),
  invoices: paths.customerInvoices(customer),
  invoice: (invoice) => paths.customerInvoices(customer, invoice),
})
