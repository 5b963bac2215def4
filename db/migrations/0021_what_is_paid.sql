-- What a customer pays for each month: what runs. An account that waits for approval brings its
-- subscriptions with it, and nobody pays for waiting.
create view paid_subscriptions with (security_invoker = true) as
  select s.i_env, s.id, s.i_customer, s.i_account, s.i_subscription
    from customer_subscriptions s
    left join accounts a on a.i_env = s.i_env and a.id = s.i_account
   where s.ended_on is null and a.status is distinct from 'inactive';

grant select on paid_subscriptions to portico_app;
