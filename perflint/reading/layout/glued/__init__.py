"""Tables whose cells run together: pages whose converter dropped every separator between cells."""
