"""Speaks Ocean's binary protocol with one instrument on the bus, as the notes tell and without any code of ours.

usage: obp_client.py STS | QE-PRO | Ventana-785 | Flame-X | ST
Exit status: 0 when all went as the notes tell, 77 without pyusb, 1 otherwise (with the line that failed).
"""
import hashlib
import itertools
import struct
import sys
import time

try:
    import usb.core
    import usb.util
except ImportError:
    print("skipped: pyusb is not installed")
    sys.exit(77)

RESPONSE, ACK, ACK_WANTED, NACK = 1, 2, 4, 8
START, FOOTER = b"\xc1\xc0", b"\xc5\xc4\xc3\xc2"
TIMEOUT_MS = 3000

#         vendor, product, version, IN, packet, pixels, shortest integration (us)
MODELS = {"STS": (0x2457, 0x4000, 0x1100, 0x81, 64, 1024, 10),
          "QE-PRO": (0x2457, 0x4004, 0x1100, 0x81, 64, 1044, 8000),
          "Ventana-785": (0x2457, 0x5000, 0x1100, 0x82, 64, 1024, 22000),
          "Flame-X": (0x2457, 0x2001, 0x1100, 0x81, 512, 2136, 10),
          "ST": (0x0999, 0x1000, 0x2000, 0x81, 512, 1516, 1560)}


def on_bus(model):
    return usb.core.find(idVendor=MODELS[model][0], idProduct=MODELS[model][1])


class Instrument:
    def __init__(self, model):
        _, _, self.version, self.in_endpoint, self.packet, self.pixels, self.shortest = MODELS[model]
        self.padded = 4 if model == "Flame-X" else 1
        self.device = on_bus(model)
        assert self.device is not None, "no instrument on the bus"
        self.device.set_configuration()
        self.regarding = itertools.count(1)

    def send(self, message, data=b"", flags=0, checksum=0):
        number = next(self.regarding)
        immediate, payload = (data, b"") if len(data) <= 16 else (b"", data)
        frame = START + struct.pack("<HHHII6xBB16sI", self.version, flags, 0, message, number, checksum, len(immediate),
                                    immediate, len(payload) + 20) + payload
        frame += hashlib.md5(frame).digest() if checksum else bytes(16)
        frame = self.filled_up(frame + FOOTER)
        assert self.device.write(0x01, frame, TIMEOUT_MS) == len(frame)
        return number

    def filled_up(self, frame):
        return frame + bytes(-len(frame) % self.padded)

    def read(self, size):
        whole_packets = (size + self.packet - 1) // self.packet * self.packet
        return bytes(self.device.read(self.in_endpoint, whole_packets, TIMEOUT_MS))

    def receive(self, message, number):
        frame = self.read(64)
        assert len(frame) >= 64 and frame[:2] == START
        version, flags, error, kind, echo, checksum, length, immediate, left = struct.unpack(
            "<HHHII6xBB16sI", frame[2:44])
        assert (version, kind, echo) == (self.version, message, number)
        size = 44 + left
        whole = len(self.filled_up(bytes(size)))
        while len(frame) < whole:
            frame += self.read(whole - len(frame))
        assert len(frame) == whole
        frame = frame[:size]
        assert frame[-4:] == FOOTER
        digest = hashlib.md5(frame[:-20]).digest() if checksum else bytes(16)
        assert frame[-20:-4] == digest
        return flags, error, immediate[:length] if left == 20 else frame[44:-20]

    def ask(self, message, data=b""):
        flags, error, answer = self.receive(message, self.send(message, data))
        assert flags == RESPONSE and error == 0, (hex(message), flags, error)
        return answer

    def tell(self, message, data=b"", checksum=0):
        flags, error, answer = self.receive(message, self.send(message, data, ACK_WANTED, checksum))
        assert answer == b"" and flags in (RESPONSE | ACK, RESPONSE | NACK) and (flags & NACK != 0) == (error != 0)
        return error


def number(answer):
    return int.from_bytes(answer, "little")


def describe(unit):
    assert unit.ask(0x100).startswith(b"VIRTUAL-")
    assert number(unit.ask(0x110220)) == unit.pixels
    assert unit.tell(0x00ABCDEF) == 2, "a message that nobody knows"
    coefficients = [struct.unpack("<f", unit.ask(0x180101, bytes([i])))[0] for i in range(unit.ask(0x180100)[0])]
    nm = [sum(c * p ** i for i, c in enumerate(coefficients)) for p in range(unit.pixels)]
    assert all(a < b for a, b in zip(nm, nm[1:])) and 150 < nm[0] < nm[-1] < 1150
    assert unit.tell(0x110010, struct.pack("<I", unit.shortest - 1)) == 6
    assert unit.tell(0x110010, struct.pack("<I", 100_000), checksum=1) == 0
    assert number(unit.ask(0x110000)) == 100_000
    assert unit.tell(0x10, b"\x01") == 0 and unit.ask(0x100), "answers are signed now"
    assert unit.tell(0x210, b"an alias longer than 16 bytes") == 0
    assert unit.ask(0x200) == b"an alias longer than 16 bytes"


def spectrum_on_request(unit):
    answer = unit.ask(0x101100)
    assert len(answer) == 2 * unit.pixels
    return struct.unpack("<%dH" % unit.pixels, answer)


def check_sts(unit):
    first, second = spectrum_on_request(unit), spectrum_on_request(unit)
    assert first != second and max(first) <= 16383
    request = unit.send(0x101100)
    abort = unit.send(0x100000, flags=ACK_WANTED)
    flags, error, _ = unit.receive(0x101100, request)
    assert flags & NACK and error == 15, "its scan was interrupted"
    assert unit.receive(0x100000, abort)[1] == 0
    usb.util.dispose_resources(unit.device)
    check_reset()


def check_reset():
    unit = Instrument("STS")
    assert unit.tell(0x120010, struct.pack("<H", 7)) == 0 and number(unit.ask(0x120000)) == 7
    assert unit.tell(0x000000) == 0
    wait_until(lambda: on_bus("STS") is None)
    wait_until(lambda: on_bus("STS") is not None)
    assert number(Instrument("STS").ask(0x120000)) == 1, "as at power-up"


def wait_until(true_now, seconds=10):
    end = time.monotonic() + seconds
    while not true_now():
        assert time.monotonic() < end, "nothing happened in %d s" % seconds
        time.sleep(0.02)


def check_qe_pro(unit):
    counts = []
    for _ in range(3):
        assert unit.tell(0x100000) == 0 and unit.tell(0x100830) == 0 and unit.tell(0x100902) == 0
        answer = unit.ask(0x100928)
        assert len(answer) == 32 + 4 * unit.pixels
        count, _, integration = struct.unpack("<IQI", answer[:16])
        assert integration == 100_000
        assert all(v & 0x3FFFF == v for v in struct.unpack("<%dI" % unit.pixels, answer[32:]))
        counts.append(count)
    assert counts == [counts[0], counts[0] + 1, counts[0] + 2], "none was lost"
    assert unit.tell(0x420011, struct.pack("<f", -5.0)) == 0 and unit.tell(0x420010, b"\x01") == 0
    assert struct.unpack("<f", unit.ask(0x420004))[0] < 22.5


def check_flame_x(unit):
    assert unit.tell(0x100000) == 0 and unit.tell(0x100830) == 0
    assert unit.tell(0x110010, struct.pack("<I", 2000)) == 0 and unit.tell(0x100810, b"\x01") == 0
    assert unit.tell(0x110112, struct.pack("<I", 20)) == 0 and unit.tell(0x100902) == 0
    counts, each = [], 64 + 2 * unit.pixels + 4
    while len(counts) < 20:
        flags, error, answer = unit.receive(0x100980, unit.send(0x100980, struct.pack("<I", 15)))
        assert error in (0, 7) and len(answer) % each == 0
        for block in (answer[i:i + each] for i in range(0, len(answer), each)):
            assert struct.unpack("<HI", block[2:8]) == (64, 2 * unit.pixels)
            integration, form, count = struct.unpack("<III", block[16:28])
            assert (integration, form) == (2000, 1)
            counts.append(count)
    assert counts == list(range(counts[0], counts[0] + 20)), "none was lost"


def check_st(unit):
    assert unit.ask(0x100).startswith(b"VIRTUAL-")
    coefficients = struct.unpack("<5f", unit.ask(0x1100))[1:]
    assert coefficients[0] > 150 and coefficients[1] > 0
    assert unit.tell(0xC01, struct.pack("<I", 1559)) == 6 and unit.tell(0xC01, struct.pack("<I", 50_000)) == 0
    assert unit.tell(0x110010, struct.pack("<I", 50_000)) == 2, "a message of the other generation"
    for _ in range(2):
        assert len(unit.ask(0x1C00)) == 32 + 2 * unit.pixels


def check_ventana(unit):
    laser = b"\x00\x00"
    assert unit.ask(0x810021, laser) == b"\x00", "dark when it is opened"
    assert unit.tell(0x810051, laser + struct.pack("<f", 1.5)) == 6
    assert unit.tell(0x810051, laser + struct.pack("<f", 0.25)) == 0
    assert unit.tell(0x810031, laser + b"\x01") == 0
    try:
        assert unit.ask(0x810021, laser) == b"\x01"
        spectrum_on_request(unit)
    finally:
        assert unit.tell(0x810031, laser + b"\x00") == 0
    assert unit.ask(0x810021, laser) == b"\x00"


def main():
    model = sys.argv[1]
    unit = Instrument(model)
    if unit.version == 0x1100:
        describe(unit)
    {"STS": check_sts, "QE-PRO": check_qe_pro, "Ventana-785": check_ventana, "Flame-X": check_flame_x,
     "ST": check_st}[model](unit)
    usb.util.dispose_resources(unit.device)
    print(model + ": as the notes tell")


if __name__ == "__main__":
    main()
