package main

import (
	"errors"
	"io"
	"mime/multipart"
	"os"
)

// form streams a multipart body: a text per field, then the files. Nothing is held in memory.
func form(fields map[string]string, files []upload) (body io.Reader, media string) {
	read, write := io.Pipe()
	w := multipart.NewWriter(write)
	go func() { write.CloseWithError(writeForm(w, fields, files)) }()
	return read, w.FormDataContentType()
}

func writeForm(w *multipart.Writer, fields map[string]string, files []upload) error {
	for _, name := range sortedKeys(fields) {
		if err := w.WriteField(name, fields[name]); err != nil {
			return err
		}
	}
	for _, f := range files {
		if err := writeUpload(w, f); err != nil {
			return err
		}
	}
	return w.Close()
}

func writeUpload(w *multipart.Writer, f upload) error {
	from, err := os.Open(f.path)
	if err != nil {
		return err
	}
	to, err := w.CreateFormFile(f.part, f.name)
	if err == nil {
		_, err = io.Copy(to, from)
	}
	return errors.Join(err, from.Close())
}
