package api

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

// placesOf fills a route's path.
func placesOf(r route, id string) string {
	at := strings.NewReplacer("{id}", id, "{n}", "1", "{action}", "comment").Replace(r.path)
	return regexp.MustCompile(`\{\w+\}`).ReplaceAllString(at, "1")
}

// somebody is a person who may call a route.
func somebody(r route) casework.Actor {
	for _, u := range pagetest.People {
		if r.acts || casework.MayCall(r.call, u) == nil {
			return u
		}
	}
	return casework.Actor{}
}

// What a call does not take, what is given twice and what is no text are refused by every call, all at once.
func TestEveryCallReadsItsQueryStrictly(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.received()
	for _, r := range (&api{}).routes() {
		at, by := placesOf(r, id), somebody(r)
		ask := func(query string) []string {
			return o.do(call{by, r.method, at + "?" + query, nil, nil}).refused(casework.Invalid).paths()
		}
		require.Subset(t, ask("colour=red&size%00=2&x=%ff&%zz=1&a;b=c"), []string{"colour", "x", ""}, r.path)
		for _, name := range queries(r) {
			require.Contains(t, ask(name+"=1&"+name+"=1&colour=red"), name, r.path)
			for _, odd := range []string{"%zz", "%00", "%ff", "1;2"} {
				require.Contains(t, ask(name+"="+odd), name, "%s %s", r.path, odd)
			}
		}
	}
}

func TestNoFilterIsDropped(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.received()
	for query, paths := range map[string][]string{
		"stage=%zz": {"stage"}, "assignee=%00": {"assignee"}, "q=%ff&stage=x": {"q", "stage"}, "stage=closed&stage=closed": {"stage"}, "%zz=1&limit=0": {"", "limit"},
		"colour=1&colour=1": {"colour"}, "q=a;b": {"q"}, "q=a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q&sort=x": {"q", "sort"},
	} {
		p := o.do(call{pagetest.Mina, "GET", "/cases?" + query, nil, nil}).refused(casework.Invalid)
		require.ElementsMatch(t, paths, p.paths(), query)
	}
	o.do(call{pagetest.Mina, "GET", "/cases?stage=&&q=a%3Bb", nil, nil}).is(http.StatusOK, nil)
}
