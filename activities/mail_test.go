package activities_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/activities"
	"dueprocess/casework"
)

func TestALetterIsSentOncePerStep(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	job := o.job(casework.DoMail, casework.MailAcknowledge)
	first, err := o.carry(casework.DoMail, job)
	require.NoError(t, err)
	again, err := o.carry(casework.DoMail, job)
	require.NoError(t, err)
	require.Equal(t, first, again, "what was brought once is brought again")
	require.Len(t, o.post.To("dwhitfield@fbi.gov"), 1)
}

// awayPost is a mail server that is away.
type awayPost struct{}

func (awayPost) Send(context.Context, activities.Letter) (string, bool, error) {
	return "", false, errors.New("connection refused")
}

func TestALetterThatCouldNotBeSentIsTriedAgain(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	job, post := o.job(casework.DoMail, casework.MailAcknowledge), o.world.Post
	o.world.Post = awayPost{}
	_, err := o.carry(casework.DoMail, job)
	require.Error(t, err)
	o.world.Post = post
	r, err := o.carry(casework.DoMail, job)
	require.NoError(t, err)
	require.False(t, r.Mail.Bounced)
}

func TestABounceIsAnAnswer(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	o.post.Bounces["dwhitfield@fbi.gov"] = true
	r, err := o.carry(casework.DoMail, o.job(casework.DoMail, casework.MailAcknowledge))
	require.NoError(t, err)
	require.True(t, r.Mail.Bounced)
}

func TestEveryCustomerConcernedIsToldByOneLetter(t *testing.T) {
	t.Parallel()
	o := open(t, func(r *casework.Request) {
		r.Demand.Targets = append(r.Demand.Targets, casework.Target{Type: casework.Domain, Value: "harbor-lights.example", From: "2026-06-01", To: "2026-06-07"})
	})
	o.decided(casework.ByOfficialDomain)
	notices := 0
	for _, l := range o.post.All() {
		if l.Kind == string(casework.MailNotice) {
			notices++
			require.Contains(t, l.URL, "http://desk.test/notice/")
		}
	}
	require.Equal(t, len(o.state().Concerned()), notices)
	require.NotZero(t, notices)
	require.Len(t, o.register.Links(), 1, "one page, which says nothing of one account rather than another")
}

// Secrecy that comes into force after a notice was ordered stops it in the last moment.
func TestANoticeIsDroppedWhereSecrecyHasComeIntoForce(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	o.settle()
	o.act(olivia, casework.VerifyRequester, &casework.VerifyBody{Method: casework.ByOfficialDomain, Evidence: "checked"})
	o.act(rosa, casework.Review, &casework.ReviewBody{Answers: []casework.DecisionAnswer{{Data: casework.Subscriber, Answer: casework.Permit}, {Data: casework.Traffic, Answer: casework.Permit}}})
	job := o.job(casework.DoMail, casework.MailNotice)
	o.act(rosa, casework.SetSecrecy, &casework.SecrecyBody{Kind: casework.SecrecyByOrder, Basis: "18 USC 2705(b)", Until: "2027-11-20"})
	r, err := o.carry(casework.DoMail, job)
	require.NoError(t, err)
	require.True(t, r.Dropped)
	require.Empty(t, o.post.To("harbor.lights@example.net"))
}

func TestAnAlarmGoesToOurOwnPeopleAndSaysNothing(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	o.settle()
	o.act(mina, casework.Assign, &casework.AssignBody{To: "rosa"})
	o.now = received.AddDate(0, 0, 40)
	o.put(casework.Tick{At: o.now})
	o.settle()
	for _, to := range []string{"rosa@office.test", "mina@office.test"} {
		got := o.post.To(to)
		require.Len(t, got, 1, to)
		require.Equal(t, "http://staff.test/cases/"+caseID, got[0].URL)
		require.Equal(t, string(casework.MailBreached), got[0].Kind)
	}
	require.Empty(t, o.post.To("olivia@office.test"))
}
