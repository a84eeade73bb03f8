package transparency

import "strconv"

// usualBand is the width of 50 USC 1874(a)(3): all national security process together, half-yearly.
const usualBand = 250

// Band is the band in which a number lies, its bounds included: 0-249, 250-499. The first is that of nothing at all, too:
// the statute offers no exact zero (50 USC 1874(a)).
func Band(n, width int) string {
	lower := max(n, 0) / width * width
	return strconv.Itoa(lower) + "-" + strconv.Itoa(lower+width-1)
}
