"""The whole product on one machine: its ports, secrets and parts. What `chatwootai up` starts."""
