-- How often each promo code was used is counted by the signups that came of it.
create index signup_orders_promo on signup_orders (i_env, (submitted->>'promo'))
  where i_customer is not null;
