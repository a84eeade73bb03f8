package plot_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"dueprocess/web/ui/plot"
)

func TestTicksAreRoundAndReachTheHighest(t *testing.T) {
	t.Parallel()
	for most, want := range map[float64][]float64{
		0: {0, 1}, 1: {0, 1}, 3: {0, 1, 2, 3}, 5: {0, 1, 2, 3, 4, 5}, 7: {0, 2, 4, 6, 8}, 12: {0, 5, 10, 15}, 100: {0, 20, 40, 60, 80, 100}, 1234: {0, 500, 1000, 1500},
	} {
		require.Equal(t, want, plot.Ticks(most), "%v", most)
	}
}

// Whatever the figures are, every bar stands within the picture, and none has a negative size.
func TestNothingIsDrawnOutsideThePicture(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(0, 1e7), 0, 160).Draw(t, "values")
		bars := []plot.Bar{}
		for _, v := range values {
			bars = append(bars, plot.Bar{Label: rapid.StringN(0, 60, -1).Draw(t, "label"), Says: "12", Parts: []plot.Part{{Class: "s1", Value: v}, {Class: "s2", Value: v / 3}}})
		}
		for _, p := range []plot.Plot{plot.Columns(plot.Plot{}, bars), plot.Lying(plot.Plot{}, bars)} {
			for _, r := range p.Rects {
				if r.X < 0 || r.Y < 0 || r.W < 1 || r.H < 1 || r.X+r.W > p.Width || r.Y+r.H > p.Height {
					t.Fatalf("%+v is outside %d by %d", r, p.Width, p.Height)
				}
			}
			for _, x := range p.Texts {
				if x.X < 0 || x.X > p.Width || x.Y < 0 || x.Y > p.Height {
					t.Fatalf("%+v is outside", x)
				}
			}
		}
	})
}

func TestOneBarIsLaidOut(t *testing.T) {
	t.Parallel()
	p := plot.Columns(plot.Plot{ID: "x"}, []plot.Bar{{Label: "12 Oct", Parts: []plot.Part{{"good", 3}, {"bad", 1}}, Says: "75 %"}})
	require.Equal(t, []plot.Rect{{305, 68, 64, 162, "good"}, {305, 14, 64, 54, "bad"}}, p.Rects)
	require.Equal(t, plot.Text{337, 248, "middle", "soft", "12 Oct"}, p.Texts[len(p.Texts)-1])
	p = plot.Lying(plot.Plot{}, []plot.Bar{{Label: "a name that is much too long for it", Parts: []plot.Part{{"s1", 2}}, Says: "2 d"}, {Label: "none", Says: "0"}})
	require.Equal(t, []plot.Rect{{170, 14, 421, 20, "s1"}}, p.Rects)
	require.Equal(t, "a name that is much t…", p.Texts[0].Says)
}

func TestSharesAreNotRoundedUp(t *testing.T) {
	t.Parallel()
	share := func(v float64) *float64 { return &v }
	for want, v := range map[string]*float64{"–": nil, "100 %": share(1), "99 %": share(0.999), "0 %": share(0)} {
		require.Equal(t, want, plot.Percent(v))
	}
}
