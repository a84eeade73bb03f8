package demo

import (
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

func TestEachPaperHasANumberOfItsOwn(t *testing.T) {
	t.Parallel()
	for number, want := range map[string]string{"1:26-mj-04417": "1:26-mj-04420", "UJs 4411/26": "UJs 4414/26", "n/a": "n/a", "": "", "Az. 998": "Az. 1001"} {
		require.Equal(t, want, later(number, 3))
	}
	r := casework.Request{Instrument: casework.Instrument{Number: "1:26-mj-04417"}, Matter: casework.Matter{Reference: "FBI-0071"}}
	numbered(&r, 1)
	require.Equal(t, "1:26-mj-04418", r.Instrument.Number)
	require.Equal(t, "FBI-0072", r.Matter.Reference)
}
