package api

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

func TestTheDescriptionIsSoundAndWhole(t *testing.T) {
	t.Parallel()
	o := open(t)
	text := o.do(call{casework.Actor{}, "GET", "/openapi.json", nil, nil}).Body.Bytes()
	doc, err := openapi3.NewLoader().LoadFromData(text)
	require.NoError(t, err)
	require.NoError(t, doc.Validate(t.Context()))
	require.True(t, strings.HasPrefix(doc.OpenAPI, "3.1"))
	for _, r := range (&api{}).routes() {
		item := doc.Paths.Value(Base + r.path)
		require.NotNil(t, item, r.path)
		require.NotNil(t, item.GetOperation(r.method), r.path)
	}
}

// What the interface says it gives has the fields that it gives.
func TestTheDescriptionNamesTheFieldsOfACase(t *testing.T) {
	t.Parallel()
	o := open(t)
	var described struct {
		Components struct {
			Schemas map[string]struct{ Properties map[string]any }
		}
	}
	require.NoError(t, json.Unmarshal(o.do(call{casework.Actor{}, "GET", "/openapi.json", nil, nil}).Body.Bytes(), &described))
	var given map[string]any
	text, err := json.Marshal(casework.View{})
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &given))
	for field := range given {
		require.Contains(t, described.Components.Schemas["View"].Properties, field)
	}
	require.NotContains(t, described.Components.Schemas["Element"].Properties, "request")
}
