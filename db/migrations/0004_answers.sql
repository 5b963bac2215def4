-- The answer given again is the one given first to the byte, and jsonb puts its keys in another order.
alter table idempotency_keys alter column answer type json;
