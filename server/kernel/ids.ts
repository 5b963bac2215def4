/** A value that the compiler keeps apart from others of the same shape. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name }

export type EnvId = Brand<number, 'EnvId'>
export type CustomerId = Brand<number, 'CustomerId'>
export type AccountId = Brand<number, 'AccountId'>
export type ProductId = Brand<number, 'ProductId'>
export type SubscriptionId = Brand<number, 'SubscriptionId'>
export type NumberId = Brand<number, 'NumberId'>
export type HuntGroupId = Brand<number, 'HuntGroupId'>
export type UserId = Brand<number, 'UserId'>
export type SiteId = Brand<number, 'SiteId'>
export type PlanId = Brand<number, 'PlanId'>
export type OrderId = Brand<number, 'OrderId'>
export type DraftId = Brand<string, 'DraftId'>

/** An instant in time, as the database and JSON carry it. */
export type Instant = Brand<Date, 'Instant'>
