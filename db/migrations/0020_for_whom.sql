-- Whom an administrator acted for, by name; asked while the audit row is written, so that none forgets.
create function customer_name(customer int) returns text language sql stable as
  $$ select name from customers where i_env = (select app_env()) and id = customer $$;
