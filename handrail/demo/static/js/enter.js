// Goes on to the hub without a click; the button is there for when this script is not.

document.getElementById("enter-hub").submit();
