package api

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

func TestStuckWorkIsToldAndResumedOnce(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.received()
	var list casework.StuckList
	o.do(call{pagetest.Tess, "GET", "/stuck", nil, nil}).is(http.StatusOK, &list)
	require.Equal(t, casework.StuckList{Stuck: []casework.Stuck{}}, list)
	o.do(call{pagetest.Mina, "POST", "/stuck/" + id + "/resume", nil, nil}).refused(casework.Conflict)
	o.Stick(t, id)
	o.do(call{pagetest.Adam, "GET", "/stuck", nil, nil}).is(http.StatusOK, &list)
	require.Equal(t, 1, list.Cases)
	require.Equal(t, casework.RunFails, list.Stuck[0].Cause)
	require.Equal(t, id, list.Stuck[0].Case)
	var done resumedCase
	for range 2 {
		o.do(call{pagetest.Adam, "POST", "/stuck/" + id + "/resume", "{}", map[string]string{"Idempotency-Key": "k"}}).is(http.StatusOK, &done)
		require.Equal(t, id, done.Case)
	}
	require.Equal(t, 1, o.Count(t, id, casework.Resumed), "a repeat of the key is the same order")
	o.do(call{pagetest.Mina, "POST", "/stuck/" + id + "/resume", `{"colour": "red"}`, nil}).refused(casework.Invalid)
	o.do(call{pagetest.Mina, "POST", "/stuck/LR-2026-999999/resume", nil, nil}).refused(casework.NotFound)
}
