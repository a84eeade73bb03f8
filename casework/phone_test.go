package casework

import "testing"

// A number that came with a request does not become another by the way it is written.
func TestOneNumberInManyDresses(t *testing.T) {
	for _, x := range [][2]string{
		{"+1 (212) 555-0133", "+1 212 555 0133"}, {"+1 (212) 555-0133", "12125550133"}, {"+1 (212) 555-0133", "001 212 555 0133"},
		{"+1 (212) 555-0133", "(212) 555-0133"}, {"+1 (212) 555-0133", "212-555-0133"}, {"+1 (212) 555-0133", "011 1 212 555 0133"},
		{"+1 (212) 555-0133", "+1 212 555 0133 ext. 5"}, {"+1 (212) 555-0133 x12", "212.555.0133;99"}, {"+49 221 5550 700", "0221 5550700"}, {"+49 221 5550 700", "0049 (0)221 5550-700"},
		{"+44 (0)20 7946 0000", "020 7946 0000"}, {"+44 (0)20 7946 0000", "+442079460000"}, {"+353 1 555 0170", "01 555 0170"}, {"110", "110"},
	} {
		if !SamePhone(x[0], x[1]) || !SamePhone(x[1], x[0]) {
			t.Errorf("%s is %s", x[0], x[1])
		}
	}
	for _, x := range [][2]string{
		{"+1 212 555 0133", "+1 617 555 0133"}, {"+1 212 555 0133", "+1 212 555 0134"}, {"+1 212 555 0133", "555 0134"}, {"", ""}, {"110", "112"}, {"110", "+49 221 110"}, {"+", "+"},
		{"+49 221 5550 700", "+49 221 5550 701"}, {"+44 20 7946 0000", "+44 20 7946 0001"},
	} {
		if SamePhone(x[0], x[1]) {
			t.Errorf("%s is not %s", x[0], x[1])
		}
	}
}

func TestANumberOfTheRequestVerifiesNobody(t *testing.T) {
	c := inReview(func(c *Case) {
		c.Request.Officer.Phone = "+1 (212) 555-0133"
		c.Determination.Verification.Level = SecondChannel
	})
	book := &BookEntry{Country: "US", Phones: []string{"001 212 555 0133", "+1 202 555 0170"}}
	if err := c.supports(VerifyBody{Method: ByCallback, Phone: "001 212 555 0133"}, book); CodeOf(err) != Conflict {
		t.Errorf("%v", err)
	}
	if err := c.supports(VerifyBody{Method: ByCallback, Phone: "+1 (202) 555-0170"}, book); err != nil {
		t.Errorf("the book's own number: %v", err)
	}
	for _, phone := range []string{"+44 202 555 0170", "202 555 0170", "555 0170"} {
		if err := c.supports(VerifyBody{Method: ByCallback, Phone: phone}, book); CodeOf(err) != Conflict {
			t.Errorf("%s only ends like the book's number: %v", phone, err)
		}
	}
	c.Work.Terms.Behaviour = BehaviourRemarks
	if err := c.supports(VerifyBody{Method: ByCallback, Phone: "001 212 555 0133"}, book); err != nil {
		t.Errorf("an older case goes on as it began: %v", err)
	}
}
