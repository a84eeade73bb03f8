package paper

import (
	"bytes"
	"image"
	_ "image/gif" // the kinds of picture that are read
	_ "image/jpeg"
	"image/png"
)

// fits says why a picture cannot be shown; empty: it can.
func (r *Reader) fits(document []byte) string {
	c, _, err := image.DecodeConfig(bytes.NewReader(document))
	switch {
	case err != nil:
		return "It begins like a picture and is none that can be read. It can be downloaded."
	case c.Width < 1 || c.Height < 1 || c.Width > r.limits.Pixels/c.Height:
		return "The picture is larger than is shown here. It can be downloaded."
	}
	return ""
}

// remade is a picture read and written anew, no larger than is shown: nothing but what is seen passes through.
func (r *Reader) remade(document []byte) ([]byte, error) {
	if r.fits(document) != "" {
		return nil, errNoPage
	}
	picture, _, err := image.Decode(bytes.NewReader(document))
	if err != nil {
		return nil, errNoPage.Because(err)
	}
	return encoded(smaller(picture, r.limits.Side))
}

// smaller is a picture whose longer side is at most so many pixels, each the nearest of the old ones.
func smaller(from image.Image, side int) image.Image {
	b := from.Bounds()
	longer := max(b.Dx(), b.Dy())
	if longer <= side {
		return from
	}
	out := image.NewRGBA(image.Rect(0, 0, max(1, b.Dx()*side/longer), max(1, b.Dy()*side/longer)))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			out.Set(x, y, from.At(b.Min.X+x*longer/side, b.Min.Y+y*longer/side))
		}
	}
	return out
}

func encoded(picture image.Image) ([]byte, error) {
	out := bytes.Buffer{}
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&out, picture); err != nil {
		return nil, errNoPage.Because(err)
	}
	return out.Bytes(), nil
}
