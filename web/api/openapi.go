package api

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"

	"dueprocess/casework"
)

// describe answers with the description.
func (a *api) describe(w http.ResponseWriter, _ *http.Request, _ casework.Actor) error {
	write(w, http.StatusOK, a.description)
	return nil
}

type object = map[string]any

// describe is the interface as OpenAPI 3.1, made from the routes and the Go types behind them.
func describe(routes []route) []byte {
	schemas := schemas{}
	problems := schemas.of(problem{})
	paths := object{}
	for _, r := range routes {
		at, _ := paths[Base+r.path].(object)
		if at == nil {
			at = object{}
			paths[Base+r.path] = at
		}
		at[strings.ToLower(r.method)] = operation(r, schemas, problems)
	}
	out, err := json.MarshalIndent(object{
		"openapi": "3.1.0",
		"info":    object{"title": "Dueprocess", "version": "1", "description": "Requests for customers' data, each a case.", "license": object{"name": "Apache-2.0", "identifier": "Apache-2.0"}},
		"servers": []object{{"url": "/"}},
		"paths":   paths,
		"components": object{
			"schemas":         schemas,
			"securitySchemes": object{"token": object{"type": "http", "scheme": "bearer"}},
		},
	}, "", " ")
	if err != nil {
		panic(err) // made of our own types
	}
	return out
}

func operation(r route, schemas schemas, problems object) object {
	op := object{
		"operationId": operationID(r), "summary": r.summary, "parameters": parameters(r),
		"responses": object{success(r): answerOf(r, schemas), "default": object{
			"description": "What was refused, and why", "content": object{"application/problem+json": object{"schema": problems}},
		}},
	}
	if !r.open {
		op["security"] = []object{{"token": []string{}}}
	}
	if body := bodyOf(r, schemas); body != nil {
		op["requestBody"] = body
	}
	return op
}

func success(r route) string {
	if r.path == "/requests" {
		return "201"
	}
	return "200"
}

func operationID(r route) string {
	words := strings.FieldsFunc(r.path, func(c rune) bool { return c == '/' || c == '{' || c == '}' || c == '.' })
	return strings.ToLower(r.method) + "_" + strings.Join(words, "_")
}

func answerOf(r route, schemas schemas) object {
	if r.gives == nil {
		return object{"description": r.summary, "content": object{r.media: object{}}}
	}
	return object{"description": r.summary, "content": object{"application/json": object{"schema": schemas.of(r.gives)}}}
}

func bodyOf(r route, schemas schemas) object {
	switch {
	case r.acts:
		return object{"description": "The action's body", "content": object{
			"application/json":    object{"schema": object{"anyOf": schemas.bodies()}},
			"multipart/form-data": object{"schema": object{"type": "object", "properties": object{"name": object{"type": "string"}, "data": object{"type": "string"}, "comment": object{"type": "string"}, "file": object{"type": "string", "contentMediaType": anyBytes}}}},
		}}
	case r.takes == nil:
		return nil
	}
	body := object{"application/json": object{"schema": schemas.of(r.takes)}}
	if r.path == "/requests" {
		body["multipart/form-data"] = object{"schema": object{"type": "object", "required": []string{"request"}, "properties": object{
			"request": schemas.of(r.takes), "document": object{"type": "array", "items": object{"type": "string", "contentMediaType": anyBytes}},
		}}}
	}
	return object{"required": true, "content": body}
}

var placeholders = regexp.MustCompile(`\{(\w+)\}`)

func parameters(r route) []object {
	out := []object{}
	for _, name := range placeholders.FindAllStringSubmatch(r.path, -1) {
		p := object{"name": name[1], "in": "path", "required": true, "schema": object{"type": "string"}}
		if name[1] == "action" {
			p["schema"] = object{"type": "string", "enum": casework.Actions}
		}
		out = append(out, p)
	}
	for _, name := range queries(r) {
		out = append(out, object{"name": name, "in": "query", "schema": object{"type": "string"}})
	}
	for _, name := range headers(r) {
		out = append(out, object{"name": name, "in": "header", "schema": object{"type": "string"}})
	}
	return out
}

func queries(r route) []string {
	switch r.path {
	case "/cases":
		return filters
	case "/ledger/proof":
		return proofParameters
	case "/sla":
		return slaParameters
	case "/reports/transparency":
		return reportParameters
	case "/determinations", "/policy/rules", "/jurisdictions":
		return onADay
	}
	return nil
}

func headers(r route) []string {
	switch r.method {
	case http.MethodPost:
		return []string{"Idempotency-Key", "If-Match"}
	case http.MethodPut:
		return []string{"If-Match"}
	}
	return nil
}
