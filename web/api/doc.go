// Package api owns the JSON interface under /api/v1: who may call what, strict bodies, problems, idempotency keys,
// versions, and its own description. It decides nothing about a case: acts go to the desk, looks to the registry.
// The front desk's main mounts it.
package api
