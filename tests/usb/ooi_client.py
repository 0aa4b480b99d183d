"""A program of the outside world: speaks Ocean's OOI protocol over pyusb as the data sheets tell it, sharing no code
with Singel. Run as a child of `singel-bridge run --model MODEL`; its argument is the model, and optionally `full`.

Exit status 77 means skipped: pyusb is not there.
"""

import struct
import sys
import time

try:
    import usb.core
except ImportError:
    print("skipped: pyusb is not installed")
    sys.exit(77)

VENDOR = 0x2457
SYNC = 0x69

# model: product, endpoints (command, reply), integration command of 50 ms, pixels, bit flip, serial, c0, c1
MODELS = {
    "USB2000+": (0x101E, 0x01, 0x81, struct.pack("<BI", 2, 50000), 2048, 0, "VIRTUAL-USB2P", 339.738, 0.377418),
    "USB4000": (0x1022, 0x01, 0x81, struct.pack("<BI", 2, 50000), 3840, 0, "VIRTUAL-USB4K", 177.604, 0.214512),
    "HR4000": (0x1012, 0x01, 0x81, struct.pack("<BI", 2, 50000), 3840, 0x2000, "VIRTUAL-HR4K", 196.107, 0.268912),
    "USB2000": (0x1002, 0x02, 0x87, struct.pack("<BH", 2, 50), 2048, 0, "VIRTUAL-USB2K", 198.56, 0.36551),
}
FAMILY_A = ("USB2000",)
TWO_ENDPOINTS = ("USB4000", "HR4000")


def check(what, got, wanted):
    if got != wanted:
        sys.exit(f"{what}: {got!r} instead of {wanted!r}")
    print(f"{what}: {got!r}")


class Spectrometer:
    def __init__(self, model, full_speed):
        (product, self.out, self.reply, self.integration, self.pixels, self.flip, *_) = MODELS[model]
        self.split = model in TWO_ENDPOINTS and not full_speed
        self.low_and_high_bytes = model in FAMILY_A
        self.device = usb.core.find(idVendor=VENDOR, idProduct=product)
        if self.device is None:
            sys.exit("no spectrometer on the bus")
        self.device.set_configuration()

    def send(self, data):
        check("written", self.device.write(self.out, data, 1000), len(data))

    def initialize(self):
        self.send(b"\x01")
        time.sleep(0.15)
        if self.low_and_high_bytes:  # DS: a spectrum that nobody asked for has to be read
            check("unrequested spectrum", len(self.device.read(0x82, 4160, 2000)), 4097)

    def slot(self, number):
        self.send(bytes([5, number]))
        reply = bytes(self.device.read(self.reply, 64, 1000))
        check(f"slot {number} echo", reply[:2], bytes([5, number]))
        return reply[2:17].split(b"\x00")[0].decode("ascii")

    def spectrum(self):
        self.send(b"\x09")
        data = bytearray()
        if self.split:
            data += self.device.read(0x86, 2048, 2000)
        left = 2 * self.pixels + 1 - len(data)
        data += self.device.read(0x82, (left + 511) // 512 * 512, 2000)
        check("bytes", len(data), 2 * self.pixels + 1)
        check("sync byte", data[-1], SYNC)
        if not self.low_and_high_bytes:
            return [count ^ self.flip for count in struct.unpack(f"<{self.pixels}H", data[:-1])]
        counts = []
        for packet in range(0, 2 * self.pixels, 128):
            low, high = data[packet : packet + 64], data[packet + 64 : packet + 128]
            counts += [a | (b & 0x0F) << 8 for a, b in zip(low, high)]
        return counts


def main():
    model, full_speed = sys.argv[1], "full" in sys.argv[2:]
    serial, c0, c1 = MODELS[model][-3:]
    spectrometer = Spectrometer(model, full_speed)
    spectrometer.initialize()
    check("serial number", spectrometer.slot(0), serial)
    check("c0", float(spectrometer.slot(1)), c0)
    check("c1", float(spectrometer.slot(2)), c1)
    spectrometer.send(spectrometer.integration)
    for _ in range(3):
        spectrometer.spectrum()
    counts = spectrometer.spectrum()
    check("pixels", len(counts), spectrometer.pixels)
    full_scale = {"HR4000": 16383, "USB2000": 4095}.get(model, 65535)
    if not 0 < min(counts) <= max(counts) <= full_scale:
        sys.exit(f"counts from {min(counts)} to {max(counts)} of {full_scale}")


main()
