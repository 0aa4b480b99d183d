#!/bin/bash
# record_in_guest.sh BIN_DIR: a PROGRAM for guest.sh. Records through the guest's usbmon what `singel-bridge firmware`
# and a backup say to the attached instrument, then plays that back to the same programs: both must say the same.
bridge=$1/singel-bridge
for place in /sys/bus/usb/devices/*; do
    [ "$(cat "$place/idVendor" 2>/dev/null)" = 24aa ] && break
done
"$bridge" record -o /run/trace --bus "$(cat "$place/busnum")" --device "$(cat "$place/devnum")" &
recorder=$!
for _ in $(seq 100); do [ -s /run/trace ] && break; sleep 0.1; done
sleep 1
"$bridge" firmware > /run/real && "$bridge" eeprom backup /run/real.json || exit 1
kill -TERM "$recorder"
wait "$recorder" || exit 1
"$bridge" replay /run/trace -- bash -c "$bridge firmware > /run/again && $bridge eeprom backup /run/again.json" || exit 1
grep '^  ' /run/real | tee /run/real.versions
grep '^  ' /run/again > /run/again.versions
diff /run/real.versions /run/again.versions && diff /run/real.json /run/again.json
