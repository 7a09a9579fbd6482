"""Downloads that resume, and MNIST read from a folder: over HTTP on loopback."""

import gzip
import hashlib
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import torch

from hocsau.data import download, mnist


def idx(array_shape, values):
    head = struct.pack(f">HBB{len(array_shape)}I", 0, 8, len(array_shape), *array_shape)
    return gzip.compress(head + bytes(values), mtime=0)


FILES = {
    "train-images-idx3-ubyte.gz": idx((3, 28, 28), [i % 256 for i in range(3 * 784)]),
    "train-labels-idx1-ubyte.gz": idx((3,), [5, 0, 4]),
    "t10k-images-idx3-ubyte.gz": idx((1, 28, 28), [255] * 784),
    "t10k-labels-idx1-ubyte.gz": idx((1,), [7]),
}
HASHES = {name: hashlib.sha256(body).hexdigest() for name, body in FILES.items()}


@pytest.fixture
def server():
    """Serves FILES; ``cut`` sends only that many bytes, ``ranges`` honours Range."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            state.asked.append((self.path[1:], self.headers.get("Range")))
            body = FILES.get(self.path[1:])
            if body is None:
                self.send_error(404)
                return
            start = 0
            if state.ranges and self.headers.get("Range"):
                start = int(self.headers["Range"].split("=")[1].rstrip("-"))
                if start >= len(body):
                    self.send_error(416)
                    return
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(body) - start))
            self.end_headers()
            self.wfile.write(body[start:][: state.cut])

        def log_message(self, *_):
            pass

    state = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.cut, state.ranges, state.asked = None, True, []
    state.url = f"http://127.0.0.1:{state.server_port}/"
    thread = threading.Thread(target=state.serve_forever, daemon=True)
    thread.start()
    yield state
    state.shutdown()
    state.server_close()


NAME = "train-images-idx3-ubyte.gz"


def fetch(server, path):
    return download.fetch(server.url + NAME, path, sha256=HASHES[NAME])


def test_a_cut_download_resumes_where_it_stopped(server, tmp_path):
    path, server.cut = tmp_path / "deep" / NAME, 50
    with pytest.raises(ConnectionError, match=r"tải tiếp"):
        fetch(server, path)
    assert not path.exists() and path.with_name(NAME + ".part").stat().st_size == 50
    server.cut = None
    assert fetch(server, path).read_bytes() == FILES[NAME]
    assert server.asked[-1] == (NAME, "bytes=50-")
    assert not path.with_name(NAME + ".part").exists()
    fetch(server, path)  # nothing asked again
    assert len(server.asked) == 2


def test_a_server_without_ranges_is_read_from_the_start(server, tmp_path):
    path, server.ranges = tmp_path / NAME, False
    path.with_name(NAME + ".part").write_bytes(FILES[NAME][:20])
    assert fetch(server, path).read_bytes() == FILES[NAME]


def test_a_complete_part_needs_no_byte_more(server, tmp_path):
    path = tmp_path / NAME
    path.with_name(NAME + ".part").write_bytes(FILES[NAME])
    assert fetch(server, path).read_bytes() == FILES[NAME]


def test_a_wrong_file_is_refused_and_removed(server, tmp_path):
    path = tmp_path / NAME
    path.with_name(NAME + ".part").write_bytes(b"rubbish")
    with pytest.raises(ValueError, match="SHA-256"):
        fetch(server, path)
    assert list(tmp_path.iterdir()) == []
    assert fetch(server, path).exists()  # the next try starts afresh


def test_offline_says_which_file_goes_where(tmp_path):
    path = tmp_path / NAME
    with pytest.raises(ConnectionError, match="train-images") as caught:
        download.fetch("http://127.0.0.1:9/" + NAME, path, sha256="0" * 64, timeout=2)
    assert str(path) in str(caught.value)


def test_mnist_comes_down_and_is_read(server, tmp_path):
    mnist.download(tmp_path, url=server.url, files=HASHES)
    (X, y), (X_test, y_test) = mnist.load(tmp_path)
    assert X.shape == (3, 1, 28, 28) and X.dtype == torch.float32
    assert y.tolist() == [5, 0, 4] and y.dtype == torch.int64
    assert X[0, 0, 0, 2].item() == pytest.approx(2 / 255)
    assert X_test.min() == 1 and y_test.tolist() == [7]


def test_a_missing_file_is_never_replaced(tmp_path, monkeypatch):
    monkeypatch.setenv("HOCSAU_DATA", str(tmp_path))
    assert download.cache_folder("mnist") == tmp_path / "mnist"
    with pytest.raises(FileNotFoundError, match="train-images"):
        mnist.load()


def test_the_pinned_hashes_are_whole():
    assert set(mnist.FILES) == set(FILES)
    assert all(len(h) == 64 and int(h, 16) for h in mnist.FILES.values())
