# Asks and reads, one after the other, as scripts do. Prints spectra, seconds, and seconds of CPU.
import sys
import time

import usb.core
import usb.util

count = int(sys.argv[1])
device = usb.core.find(idVendor=0x2457, idProduct=0x101E)
device.write(0x01, b"\x01", 1000)
time.sleep(0.1)
device.write(0x01, b"\x02" + (1000).to_bytes(4, "little"), 1000)
wall, cpu = time.monotonic(), time.process_time()
for _ in range(count):
    device.write(0x01, b"\x09", 1000)
    if len(device.read(0x82, 4608, 1000)) != 4097:
        sys.exit("a spectrum was cut short")
print(count, time.monotonic() - wall, time.process_time() - cpu)
usb.util.dispose_resources(device)
