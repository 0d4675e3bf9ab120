"""Pictures to put into a site."""

from io import BytesIO

from PIL import Image


def picture(width=40, height=30, kind="PNG", *, noise=False, frames=1, **more):
    """The bytes of a picture, each time the same. With `noise` it is no small file."""
    size = (width, height)
    if noise:
        stripes = bytes((x * 73 + x * x * 31) % 251 for x in range(width * height))
        image = Image.frombytes("L", size, stripes).convert("RGB")
    else:
        image = Image.new("RGB", size, "teal")
    if frames > 1:
        more |= {"save_all": True, "append_images": [Image.new("RGB", size, "red")]}
    out = BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def put_picture(site, path, *size, **more):
    """Write a picture into a site, at a path from its folder."""
    file = site.folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(picture(*size, **more))
