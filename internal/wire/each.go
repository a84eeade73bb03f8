package wire

// Each gives the errors that were joined, or the one.
func Each(err error) []error {
	joined, ok := err.(interface{ Unwrap() []error }) // what is wrapped in something else is that one's business
	if !ok {
		return []error{err}
	}
	var out []error
	for _, one := range joined.Unwrap() {
		out = append(out, Each(one)...)
	}
	return out
}
