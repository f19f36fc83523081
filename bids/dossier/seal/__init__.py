"""The seal: a signature of the whole file, and a time stamp, by a key that no page and no printer ever sees.

`sealing.Sealer` is the whole road. It starts a process that makes one signature (`sealwork.py`) and
ends. Which key signs is one of `MAKERS`: the test certificate of this installation, a token
(PKCS#11), or a remote signing service. Only this folder knows pyHanko; `check.py` reads seals back.
"""
