-- Word from gateways that was heard long ago is forgotten.
create index gateway_events_age on gateway_events (i_env, received_at);
grant delete on gateway_events to portico_app;
