package activities_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/activities"
	"dueprocess/casework"
)

func TestThePolicyIsAskedOncePerStep(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	job := o.job(casework.DoEvaluate, "")
	first, err := o.carry(casework.DoEvaluate, job)
	require.NoError(t, err)
	again, err := o.carry(casework.DoEvaluate, job)
	require.NoError(t, err)
	require.Equal(t, first, again)
	require.Equal(t, 1, o.policy.Evaluated)
	require.True(t, first.Known, "the contact book knows the authority")
}

func TestAnAuthorityThatTheBookDoesNotKnow(t *testing.T) {
	t.Parallel()
	o := open(t, func(r *casework.Request) { r.Officer.Email = "somebody@elsewhere.gov" })
	r, err := o.carry(casework.DoEvaluate, o.job(casework.DoEvaluate, ""))
	require.NoError(t, err)
	require.False(t, r.Known)
}

func TestWhatIsNotPendingIsDropped(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	r, err := o.carry(casework.DoEvaluate, activities.Job{Case: caseID, Step: 99})
	require.NoError(t, err)
	require.True(t, r.Dropped)
	_, err = o.carry(casework.DoEvaluate, activities.Job{Case: "LR-2026-999999", Step: 1})
	require.Equal(t, casework.NotFound, casework.CodeOf(err))
}

func TestTargetsAreResolvedToAccounts(t *testing.T) {
	t.Parallel()
	o := open(t, func(r *casework.Request) {
		r.Demand.Targets = append(r.Demand.Targets, casework.Target{Type: casework.AccountEmail, Value: "nobody@example.net", From: "2026-06-01", To: "2026-06-07"})
	})
	r, err := o.carry(casework.DoResolve, o.job(casework.DoResolve, ""))
	require.NoError(t, err)
	require.Equal(t, casework.Account{Target: 0, Match: casework.MatchFound, Account: "harbor.lights@example.net"}, r.Resolution.Accounts[0])
	require.Equal(t, casework.MatchNone, r.Resolution.Accounts[1].Match)
}
