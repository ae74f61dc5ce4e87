from PIL import Image, ImageDraw
w, h = 48, 32
im = Image.new("RGB", (w, h))
d = ImageDraw.Draw(im)
d.rectangle([0, 0, 23, 15], fill=(220, 30, 40))
d.rectangle([24, 0, 47, 15], fill=(30, 160, 60))
d.rectangle([0, 16, 23, 31], fill=(40, 60, 200))
d.rectangle([24, 16, 47, 31], fill=(240, 200, 30))
half = im.convert("RGBA")
half.putalpha(128)
turned = Image.Exif()
turned[0x0112] = 6
im.convert("CMYK").save("cmyk.jpg", quality=95)
im.save("lossy.webp", quality=90)
im.save("lossless.webp", lossless=True)
half.save("half-transparent.webp", quality=90)
im.save("turned.webp", exif=turned, lossless=True)
im.save("turned.jpg", exif=turned, quality=95)
im.save("animated.webp", save_all=True, append_images=[im.rotate(180)], lossless=True)
im.save("progressive.jpg", progressive=True, quality=95)

# YCCK: the inks as if they were red, green and blue, in YCbCr; Pillow stores CMYK inverted.
inks = [band.point(lambda v: 255 - v) for band in im.split()]
y, cb, cr = Image.merge("RGB", inks).convert("YCbCr").split()
stored = [band.point(lambda v: 255 - v) for band in (y, cb, cr)]
Image.merge("CMYK", stored + [Image.new("L", (w, h), 0)]).save("ycck.jpg", quality=95)
data = bytearray(open("ycck.jpg", "rb").read())
data[data.index(b"Adobe") + 11] = 2  # the transform flag of the Adobe segment
open("ycck.jpg", "wb").write(data)
