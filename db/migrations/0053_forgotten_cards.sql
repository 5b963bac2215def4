-- Cards that are off the file: until when their gateway still has them.

alter table payment_methods
  -- Since when its gateway has forgotten it: nobody pays with it any more.
  add column forgotten_at timestamptz,
  -- When it is asked again, by the machine's clock; null: it was never asked. And how often it was.
  add column forget_next_at timestamptz,
  add column forget_tries smallint not null default 0,
  add constraint payment_methods_forgotten check (forgotten_at is null or removed_at is not null);
create index payment_methods_to_forget on payment_methods (i_env, id)
  where removed_at is not null and forgotten_at is null;
