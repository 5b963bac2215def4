-- What bills are made of: subscriptions with whether anybody uses them yet. Nobody pays for waiting.
create view billable_subscriptions with (security_invoker = true) as
  select s.i_env, s.id, s.i_customer, s.i_account, s.i_product, s.i_subscription, s.anchor, s.started_on,
         s.ended_on, s.charged_until
    from customer_subscriptions s
    left join accounts a on a.i_env = s.i_env and a.id = s.i_account
   where a.status is distinct from 'inactive';
grant select on billable_subscriptions to portico_app;
